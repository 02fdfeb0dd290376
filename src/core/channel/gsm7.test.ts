import { describe, expect, test } from 'vitest'
import { gsm7Length, outsideGsm7, smsParts, toGsm7 } from './gsm7.ts'

describe('parts', () => {
  test.each([
    ['gsm7', 'a', 0, 0],
    ['gsm7', 'a', 160, 1],
    ['gsm7', 'a', 161, 2],
    ['gsm7', 'a', 306, 2],
    ['gsm7', 'a', 307, 3],
    ['gsm7', '€', 80, 1],
    ['gsm7', '€', 81, 2],
    ['ucs2', 'đ', 69, 1],
    ['ucs2', 'đ', 70, 1],
    ['ucs2', 'đ', 71, 2],
    ['ucs2', 'đ', 134, 2],
    ['ucs2', 'đ', 135, 3],
    ['ucs2', '😀', 35, 1],
    ['ucs2', '😀', 36, 2],
  ] as const)('%s: %s × %i are %i', (alphabet, character, times, parts) => {
    expect(smsParts(character.repeat(times), alphabet)).toHaveLength(parts)
  })

  test('an emoji at the edge goes whole into the next part', () => {
    const parts = smsParts(`${'a'.repeat(66)}😀${'b'.repeat(10)}`, 'ucs2')
    expect(parts).toEqual(['a'.repeat(66), `😀${'b'.repeat(10)}`])
  })

  test('a character of the extension is not torn from its escape', () => {
    const [first = '', second = ''] = smsParts(`${'a'.repeat(152)}€${'b'.repeat(20)}`, 'gsm7')
    expect([gsm7Length(first), second.startsWith('€')]).toEqual([152, true])
  })
})

describe('without diacritics', () => {
  test.each([
    ['Đường dây nóng', 'Duong day nong'],
    ['“Việc nhẹ – lương cao”', '"Viec nhe - luong cao"'],
    ['500.000₫…', '500.000d...'],
    ['Trung\u00a0tâm', 'Trung tam'],
    ['Gọi 😀', 'Goi ?'],
  ])('%s', (accented, plain) => {
    expect(toGsm7(accented)).toBe(plain)
    expect(outsideGsm7(plain)).toEqual([])
  })
})
