import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clauseName } from './ground.ts'
import { romanValue } from './markers.ts'
import type { Clause } from './reading.ts'
import { read } from './testing.ts'

const ROMANS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII']
const LETTERS = [...'abcdđeghik']
const style = fc.constantFrom('. ', '- ', '/ ', ' - ')

describe('numbering', () => {
  it('finds every clause of any well-numbered plan, whatever its punctuation', () => {
    const shape = fc.array(fc.array(fc.nat(6), { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(shape, style, style, (sections, roman, number) => {
        const lines: string[] = []
        const expected: string[] = []
        for (const [i, numbers] of sections.entries()) {
          lines.push(`${ROMANS[i]}${roman}PHẦN NỘI DUNG`)
          expected.push(ROMANS[i] ?? '')
          for (const [j, letters] of numbers.entries()) {
            lines.push(`${j + 1}${number}Việc thứ nhất của mục này.`)
            expected.push(`${ROMANS[i]}.${j + 1}`)
            for (const letter of LETTERS.slice(0, letters)) {
              lines.push(`${letter}) Làm tốt việc đã giao.`)
              expected.push(`${ROMANS[i]}.${j + 1}.${letter}`)
            }
          }
        }
        expect(names(read(lines.join('\n')).clauses)).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    ['a year', 'I. MỤC TIÊU\n1. Thực hiện chương trình giai đoạn 2021 -\n2025 - Tổng kết chương trình.'],
    ['a number of an article', 'I. MỤC TIÊU\n1. Làm theo Điều\n2. Quyết định này nêu rõ.'],
    ['a day', 'I. MỤC TIÊU\n1. Báo cáo trước ngày\n15/11 hằng năm.'],
    ['a count', 'I. MỤC TIÊU\n1. Mỗi xã có\n02 - 03 buổi nói chuyện.'],
  ])('takes %s at the start of a wrapped line for no clause', (_, words) => {
    expect(names(read(words).clauses)).toEqual(['I', 'I.1'])
  })

  it('takes Roman numbers as Romans wrote them, and no others', () => {
    for (const [i, roman] of ROMANS.entries()) expect(romanValue(roman.toLowerCase())).toBe(i + 1)
    for (const wrong of ['iiii', 'vx', 'iix', 'vv', 'c']) expect(romanValue(wrong)).toBe(0)
  })

  it('keeps children inside their parent, in order, and nothing twice', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('I. A B', '1. Việc', 'a) Nhỏ', '- Gạch', '+ Cộng', '2.1. Hai', 'Lời', '', 'Điều 1. X'),
          { maxLength: 40 },
        ),
        (lines) => {
          const { clauses, text } = read(lines.join('\n'))
          inside(clauses, 0, text.length)
        },
      ),
    )
  })
})

function inside(clauses: readonly Clause[], start: number, end: number): void {
  let from = start
  for (const { span, children } of clauses) {
    expect(span[0]).toBeGreaterThanOrEqual(from)
    expect(span[1]).toBeLessThanOrEqual(end)
    inside(children, span[0], span[1])
    from = span[1]
  }
}

function names(clauses: readonly Clause[]): string[] {
  return clauses.flatMap((clause) => [
    ...(clause.marker === '' ? [] : [clauseName(clause.path)]),
    ...names(clause.children),
  ])
}
