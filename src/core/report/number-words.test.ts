import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeWords, countWords, estimateWords, percentWords, planWords, valueWords } from './number-words.ts'

const count = fc.integer({ min: 0, max: 10_000_000_000 })

describe('numbers in official words', () => {
  test.each([
    [0, '0'],
    [1, '01'],
    [8, '08'],
    [10, '10'],
    [999, '999'],
    [1_234, '1.234'],
    [822_994, '822.994'],
    [1_000_000, '1.000.000'],
  ])('%i is %s', (value, words) => {
    expect(countWords(value)).toBe(words)
  })

  test('any count is read back as itself, in groups of three', () => {
    fc.assert(
      fc.property(count, (value) => {
        const words = countWords(value)
        expect(Number(words.replaceAll('.', ''))).toBe(value)
        expect(words).toMatch(/^\d{1,3}(\.\d{3})*$/u)
        expect(words.length >= 2 || value === 0).toBe(true)
      }),
    )
  })

  test('a share is exact to a tenth, rounded half up, whatever the size', () => {
    expect(percentWords(1, 8)).toBe('12,5%')
    expect(percentWords(1, 3)).toBe('33,3%')
    expect(percentWords(1, 2_000)).toBe('0,1%')
    expect(percentWords(50, 50)).toBe('100%')
    expect(percentWords(123_456, 100)).toBe('123.456%')
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 10_000_000_000 }), (part, whole) => {
        const words = percentWords(part, whole)
        const tenths = BigInt(Math.round(Number(words.replaceAll('.', '').replace(',', '.').replace('%', '')) * 10))
        const off = tenths * BigInt(whole) - BigInt(part) * 1_000n
        expect(2n * (off < 0n ? -off : off) <= BigInt(whole)).toBe(true)
        expect(words).not.toContain(',0%')
      }),
    )
  })

  test('what was guessed is said apart and never added', () => {
    expect(valueWords({ counted: 1_234, estimated: 500 }, 'lượt người')).toBe('1.234 lượt người')
    expect(estimateWords({ counted: 1_234, estimated: 500 }, 'lượt người')).toBe('ngoài ra ước tính 500 lượt người')
    expect(valueWords({ counted: 0, estimated: 5 }, 'tờ')).toBe('ước tính 05 tờ')
    expect(valueWords({ counted: 8, estimated: 0 }, 'lớp')).toBe('08 lớp')
  })

  test('a change says by how much, of what, and compared with what', () => {
    expect(changeWords(120, 100, 'buổi', 'kỳ trước')).toBe('tăng 20 buổi (20%) so với kỳ trước')
    expect(changeWords(7, 8, 'buổi', 'cùng kỳ năm trước')).toBe('giảm 01 buổi (12,5%) so với cùng kỳ năm trước')
    expect(changeWords(8, 8, 'buổi', 'kỳ trước')).toBe('bằng kỳ trước')
    expect(changeWords(8, 0, 'buổi', 'kỳ trước')).toBe('kỳ trước không có')
    expect(planWords(521, 500)).toBe('đạt 104,2% kế hoạch')
  })
})
