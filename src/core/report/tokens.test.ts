import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printTokens, tokenOf, tokensIn, whyNotText } from './tokens.ts'

const rules = {
  knows: ({ code, form }: { code: string; form: string }) => code === 'f1' && ['', 'change'].includes(form),
  units: ['buổi', 'lượt người', 'lượt', 'tờ', 'bản', 'phút'],
}
const codeOf = (text: string) => {
  const refusal = whyNotText(text, rules)
  return refusal && [refusal.code, Object.values(refusal.facts)[0]]
}

describe('the words of a report', () => {
  test.each([
    'Đã tổ chức {{f1}} tuyên truyền, {{ f1:change }}.',
    'Ban hành 02 văn bản; Kế hoạch số 74/KH-UBND ngày 07/02/2026.',
    'Trong 03 ngày, tại 12 thôn bản, từ 7 giờ.',
    'Điều 5 bảng tin, mục 3 tờrơi',
  ])('may be: %s', (text) => {
    expect(whyNotText(text, rules)).toBeNull()
  })

  test.each([
    ['Đã có {{f9}}.', 'report.unknown_figure', '{{f9}}'],
    ['Đã có {{f1:xyz}}.', 'report.unknown_figure', '{{f1:xyz}}'],
    ['Đã có {{ 111 }}.', 'report.unknown_figure', '{{ 111 }}'],
    ['Đã có {{f1', 'report.unknown_figure', '{{f1'],
    ['Đã tổ chức 25 buổi.', 'report.typed_number', '25 buổi'],
    ['Thu hút 1.234 lượt  người dự.', 'report.typed_number', '1.234 lượt  người'],
    ['Phát 12.000tờ rơi', 'report.typed_number', '12.000tờ'],
    ['Đã tổ chức hơn {{f1}}.', 'report.hedged', 'hơn {{f1}}'],
    ['Gần {{f1}} đã tổ chức.', 'report.hedged', 'Gần {{f1}}'],
  ])('may not be: %s', (text, code, words) => {
    expect(codeOf(text)).toEqual([code, words])
  })

  test('a number beside a token is no number before a unit', () => {
    expect(whyNotText('{{f1}} buổi', rules)).toBeNull()
  })

  test('tokens come out of any text as they went in, and all that is not a token stays', () => {
    const token = fc.record({ code: fc.constantFrom('f1', 'f12', 'c3'), form: fc.constantFrom('', 'change', 'plan') })
    const words = fc.string({ maxLength: 20 }).filter((text) => !/[{}]/u.test(text))
    fc.assert(
      fc.property(fc.array(fc.tuple(words, token)), words, (pieces, last) => {
        const text = [...pieces.flatMap(([before, one]) => [before, tokenOf(one)]), last].join('')
        expect(tokensIn(text)).toEqual(pieces.map(([, one]) => one))
        expect(printTokens(text, tokenOf)).toBe(text)
        const printed = printTokens(text, () => '#')
        expect(printed).toBe([...pieces.flatMap(([before]) => [before, '#']), last].join(''))
      }),
    )
  })
})
