import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayExpressions } from './days.ts'
import { solarDay } from './feasts.ts'
import { fold } from './words.ts'

describe('days in a text', () => {
  it.each([
    ['từ ngày 01/7-30/9/2023', '2023-07-01', '2023-09-30'],
    ['từ ngày 10/5/2026 đến hết ngày 14/5/2026', '2026-05-10', '2026-05-14'],
    ['từ 15/12 đến 15/01/2024', '2023-12-15', '2024-01-15'],
    ['trước ngày 15/11', null, '2023-11-15'],
    ['giai đoạn 2021 - 2025', '2021-01-01', '2025-12-31'],
    ['quý 1/2019', '2019-01-01', '2019-03-31'],
    ['ngày 26 tháng 0 6 năm 2018', '2018-06-26', '2018-06-26'],
    ['Tết Nguyên đán Giáp Thìn', '2024-02-10', '2024-02-10'],
    ['Giỗ Tổ Hùng Vương năm 2025', '2025-04-07', '2025-04-07'],
    ['trước tháng 6/2024', null, '2024-05-31'],
  ])('%s', (words, from, to) => {
    expect(read(words)).toEqual([[from, to]])
  })

  it.each([
    '01-02 chương trình/tuần',
    'nhiệm kỳ 2021-2026',
    '204.049 trẻ em',
    'đạt 30/45 xã',
    'trực 24/7',
    'ngày 30/02/2023',
  ])('no day in %s', (words) => {
    expect(read(words)).toEqual([])
  })

  it('reads every day in each way of writing it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2060-12-31'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10)
          const [y, m, d] = iso.split('-')
          for (const words of [
            `ngày ${d}/${m}/${y}`,
            `${Number(d)}-${Number(m)}-${y}`,
            `ngày ${d} tháng ${Number(m)} năm ${y}`,
            `${d}.${m}.${y}`,
          ]) {
            expect(read(words)).toEqual([[iso, iso]])
          }
        },
      ),
    )
  })

  it('never lets an interval end before it begins', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.nat(14),
        fc.nat(40),
        fc.nat(14),
        fc.integer({ min: 1990, max: 2060 }),
        (d1, m1, d2, m2, y) => {
          for (const [from, to] of read(`từ ngày ${d1}/${m1} đến ngày ${d2}/${m2}/${y}`))
            if (from && to) expect(from <= to).toBe(true)
        },
      ),
    )
  })

  it('puts the first lunar day of each year in January or February', () => {
    fc.assert(fc.property(fc.integer({ min: 1900, max: 2099 }), (year) => /-0[12]-/u.test(solarDay(1, 1, year) ?? '')))
  })
})

function read(words: string) {
  const folded = fold(words)
  return dayExpressions(folded, 0, folded.length, 2023).map((one) => [one.from, one.to])
}
