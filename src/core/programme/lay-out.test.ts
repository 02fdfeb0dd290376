import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayAt, momentOf, timeAt, type Id } from '../kernel/index.ts'
import type { Period } from './airing.ts'
import { clockOf, inSeason, minutesOf, weekdayOf } from './civil-time.ts'
import { layOut, openMinutes, type Ground, type Wish } from './lay-out.ts'
import { isMarketDay, lunarOf, readMarket, writeMarket } from './market.ts'
import { CLASSES, rankOf, secondsOnAir } from './programme.ts'
import { fallsOn, mayOverlap, type Slot } from './slot.ts'

const anyDay = fc.integer({ min: 0, max: 36_000 }).map((days) => addDays('2001-01-01', days))
const anyClock = fc.integer({ min: 0, max: 1_439 }).map(clockOf)

function slotOf(given: Partial<Slot> = {}): Slot {
  const own = { id: 'morning' as Id<'slot'>, stationId: 'loa' as Id<'outlet'>, name: 'Sáng', weekdays: 127, market: '' }
  const days = { fromDay: null, toDay: null, seasonFrom: null, seasonTo: null }
  return { ...own, begins: '05:30', minutes: 30, ...days, ...given }
}
const MORNING = slotOf()
const EVENING = slotOf({ id: 'evening' as Id<'slot'>, name: 'Chiều', begins: '16:30' })
const MARKET = slotOf({
  id: 'market' as Id<'slot'>,
  name: 'Chợ',
  weekdays: 0,
  market: 'lunar 5,10,15',
  begins: '08:00',
})

function groundOf(given: Partial<Ground> = {}): Ground {
  const open = { offDays: [], quiet: null, minutesADay: null, repeatsADay: null, chime: false, standing: [] }
  return { slots: [MORNING, EVENING], ...open, now: momentOf('2026-11-01', '00:00'), ...given }
}
function wishOf(given: Partial<Wish> & { readonly periods: readonly Period[] }): Wish {
  const piece = { broadcastId: 'tin' as Id<'broadcast'>, seconds: 100 }
  const valid = { validFrom: momentOf('2026-11-01', '00:00'), validUntil: momentOf('2027-12-01', '00:00') }
  return { pieces: [piece], class: 'ordinary', ...valid, ...given }
}
const NOVEMBER = { from: '2026-11-01', to: '2026-11-30', timesAWeek: 2, timesADay: 1 }

describe('civil time of Vietnam', () => {
  test('a clock and a day make a moment that shows the same clock and day there, wherever this machine stands', () => {
    const own = process.env['TZ']
    try {
      fc.assert(
        fc.property(
          anyDay,
          anyClock,
          fc.constantFrom('UTC', 'America/New_York', 'Asia/Ho_Chi_Minh', 'Pacific/Apia'),
          (day, clock, zone) => {
            process.env['TZ'] = zone
            const moment = momentOf(day, clock)
            expect([dayAt(moment), timeAt(moment)]).toEqual([day, clock])
          },
        ),
      )
    } finally {
      if (own === undefined) delete process.env['TZ']
      else process.env['TZ'] = own
    }
  })

  test('every day has 24 hours, over month ends, leap days and new years', () => {
    fc.assert(
      fc.property(anyDay, anyClock, (day, clock) => {
        const hours = (momentOf(addDays(day, 1), clock).getTime() - momentOf(day, clock).getTime()) / 3_600_000
        expect(hours).toBe(24)
        expect(weekdayOf(addDays(day, 1))).toBe((weekdayOf(day) + 1) % 7)
        expect(minutesOf(clockOf(minutesOf(clock)))).toBe(minutesOf(clock))
      }),
    )
    expect(weekdayOf('2026-11-26')).toBe(3)
    expect(weekdayOf('2024-02-29')).toBe(3)
  })

  test('a season over the new year holds in its winter and not in its summer', () => {
    const winter = (day: string) => inSeason(day, '11-01', '03-31')
    expect(['2026-11-01', '2026-12-31', '2027-01-01', '2028-02-29', '2027-03-31'].map(winter)).toEqual(
      Array(5).fill(true),
    )
    expect(['2026-10-31', '2027-04-01'].map(winter)).toEqual([false, false])
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(inSeason(day, '11-01', '03-31')).toBe(!inSeason(day, '04-01', '10-31'))
      }),
    )
  })
})

describe('markets', () => {
  test('Tết falls on its known days', () => {
    // Public holidays as announced by the government; 1985 and 2007 are those on which the Chinese calendar differs.
    const known = [
      ['1985-01-21', 1985],
      ['2007-02-17', 2007],
      ['2020-01-25', 2020],
      ['2021-02-12', 2021],
      ['2022-02-01', 2022],
      ['2023-01-22', 2023],
      ['2024-02-10', 2024],
      ['2025-01-29', 2025],
      ['2026-02-17', 2026],
    ] as const
    for (const [day, year] of known) expect(lunarOf(day)).toEqual({ day: 1, month: 1, year, leap: false })
    // 2023 had a second month two and 2025 a second month six.
    expect(lunarOf('2023-03-22')).toMatchObject({ day: 1, month: 2, leap: true })
    expect(lunarOf('2025-07-25')).toMatchObject({ day: 1, month: 6, leap: true })
  })

  test('lunar days follow one another: the next day is one more or the first, in leap months too', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const [today, tomorrow] = [lunarOf(day), lunarOf(addDays(day, 1))]
        if (tomorrow.day === 1) expect([29, 30]).toContain(today.day)
        else expect(tomorrow).toEqual({ ...today, day: today.day + 1 })
      }),
    )
  })

  test('between two market days of a cycle lie as many days as it has; a rule reads as it was written', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 2, max: 60 }), fc.integer({ min: -500, max: 500 }), (from, every, off) => {
        const market = { kind: 'cycle' as const, every, from }
        expect(isMarketDay(market, addDays(from, off))).toBe(off % every === 0)
        expect(readMarket(writeMarket(market))).toEqual(market)
      }),
    )
    expect(readMarket('lunar 5,10')).toEqual({ kind: 'lunar', days: [5, 10] })
    expect(['', 'lunar', 'lunar 31', 'cycle 1 2026-01-01', 'cycle 5 2026-02-30', 'mùng 5'].map(readMarket)).toEqual(
      Array(6).fill(null),
    )
  })

  test('a slot falls on its weekdays and on its market days, in its time alone', () => {
    const sundays = slotOf({ weekdays: 64, market: 'lunar 5' })
    expect(fallsOn(sundays, '2026-11-29')).toBe(true)
    expect(fallsOn(sundays, '2026-11-30')).toBe(false)
    // 1 January 2020 was the seventh of the twelfth month, so 30 December 2019 the fifth.
    expect(fallsOn(sundays, '2019-12-30')).toBe(true)
    expect(fallsOn({ ...sundays, toDay: '2026-11-28' }, '2026-11-29')).toBe(false)
    expect(mayOverlap(MORNING, slotOf({ begins: '05:59' }))).toBe(true)
    expect(mayOverlap(MORNING, slotOf({ begins: '06:00' }))).toBe(false)
    const [winter, summer] = [
      slotOf({ seasonFrom: '11-01', seasonTo: '03-31' }),
      slotOf({ seasonFrom: '04-01', seasonTo: '10-31' }),
    ]
    expect([mayOverlap(winter, summer), mayOverlap(winter, MORNING)]).toEqual([false, true])
  })
})

describe('a layout', () => {
  test('twice a week is two days a week as far apart as they can be, and skips holidays', () => {
    const period = { ...NOVEMBER, from: '2026-11-02', to: '2026-11-15', on: 'weekly' as const }
    const days = layOut(wishOf({ periods: [period] }), groundOf()).plays.map(({ day }) => day)
    expect(days).toEqual(['2026-11-03', '2026-11-07', '2026-11-10', '2026-11-14'])
    const offDays = [{ fromDay: '2026-11-03', toDay: '2026-11-08', name: 'Lễ', stops: 'ordinary' as const }]
    const around = layOut(wishOf({ periods: [period] }), groundOf({ offDays }))
    expect(around.plays.map(({ day }) => day)).toEqual(['2026-11-02', '2026-11-10', '2026-11-14'])
    expect(around.conflicts).toMatchObject([{ why: 'no_slot', day: '2026-11-08' }])
  })

  test('market mornings are the slots of markets on their days', () => {
    const laid = layOut(
      wishOf({ periods: [{ ...NOVEMBER, on: 'market' }] }),
      groundOf({ slots: [MORNING, EVENING, MARKET] }),
    )
    expect(laid.conflicts).toEqual([])
    expect(laid.plays.every(({ slotId, day }) => slotId === 'market' && [5, 10, 15].includes(lunarOf(day).day))).toBe(
      true,
    )
    expect(laid.plays.length).toBeGreaterThan(2)
  })

  test('a slot of every day that has a market besides is one of the market on its days alone', () => {
    const sunday = { market: 'cycle 7 2026-11-08' }
    for (const market of [{ market: 'lunar 5,10,15' }, sunday]) {
      const both = { ...MARKET, ...market, weekdays: 127 }
      const laid = (slot: Slot) =>
        layOut(wishOf({ periods: [{ ...NOVEMBER, on: 'market' }] }), groundOf({ slots: [slot] })).plays
      expect(laid(both)).toEqual(laid({ ...MARKET, ...market }))
      expect(laid(both).length).toBeGreaterThan(2)
    }
    const days = layOut(
      wishOf({ periods: [{ ...NOVEMBER, on: 'market' }] }),
      groundOf({ slots: [{ ...MARKET, ...sunday }] }),
    )
    expect(days.plays.map(({ day }) => day)).toEqual([
      '2026-11-01',
      '2026-11-08',
      '2026-11-15',
      '2026-11-22',
      '2026-11-29',
    ])
  })

  test('a day off, quiet hours, a full slot, too many minutes or repeats are each said, and nothing is dropped in silence', () => {
    const day = { ...NOVEMBER, from: '2026-11-02', to: '2026-11-02', on: 'daily' as const, timesADay: null }
    const why = (ground: Partial<Ground>, wish: Partial<Wish> = {}) =>
      layOut(wishOf({ periods: [day], ...wish }), groundOf(ground)).conflicts.map((conflict) => conflict.why)
    expect(why({ offDays: [{ fromDay: '2026-11-01', toDay: '2026-11-03', name: 'Quốc tang', stops: 'all' }] })).toEqual(
      ['off_day'],
    )
    expect(why({ quiet: { from: '21:00', to: '06:00' } })).toEqual(['quiet_hours'])
    expect(why({ slots: [slotOf({ minutes: 1 })] })).toEqual(['no_room'])
    expect(why({ minutesADay: 3 })).toEqual(['minutes_a_day'])
    expect(why({ repeatsADay: 1 })).toEqual(['repeats_a_day'])
    expect(why({ slots: [] })).toEqual(['no_slot'])
    const ordinary = {
      broadcastId: 'cu' as Id<'broadcast'>,
      slotId: MORNING.id,
      day: '2026-11-02',
      ord: 1,
      seconds: 1_750,
    }
    expect(why({ standing: [{ ...ordinary, class: 'ordinary' }] })).toEqual(['no_room'])
    expect(why({ standing: [{ ...ordinary, class: 'ordinary' }] }, { class: 'priority' })).toEqual(['crowded'])
  })

  test('what is laid keeps to every limit, and what is wished and not laid has its reason', () => {
    const anySlot = fc.record({
      begins: fc.integer({ min: 240, max: 1_300 }),
      minutes: fc.integer({ min: 1, max: 60 }),
    })
    const cases = fc.record({
      slots: fc.array(anySlot, { minLength: 1, maxLength: 4 }),
      class: fc.constantFrom(...CLASSES),
      seconds: fc.integer({ min: 5, max: 900 }),
      minutesADay: fc.option(fc.integer({ min: 1, max: 60 })),
      repeatsADay: fc.option(fc.integer({ min: 1, max: 3 })),
      quiet: fc.option(fc.record({ from: anyClock, to: anyClock })),
      chime: fc.boolean(),
      from: anyDay,
      standing: fc.array(
        fc.record({ seconds: fc.integer({ min: 5, max: 600 }), class: fc.constantFrom(...CLASSES), slot: fc.nat(3) }),
      ),
    })
    fc.assert(
      fc.property(cases, (one) => {
        const slots = one.slots.map(({ begins, minutes }, at) =>
          slotOf({ id: `s${at}` as Id<'slot'>, begins: clockOf(begins), minutes }),
        )
        const standing = one.standing.map(({ seconds, class: held, slot }, at) => ({
          broadcastId: `b${at}` as Id<'broadcast'>,
          slotId: slots[slot % slots.length]!.id,
          day: one.from,
          class: held,
          ord: at,
          seconds,
        }))
        const { minutesADay, repeatsADay, quiet, chime, from } = one
        const ground = groundOf({
          slots,
          minutesADay,
          repeatsADay,
          quiet,
          chime,
          standing,
          now: momentOf(from, '00:00'),
        })
        const valid = { validFrom: momentOf(from, '00:00'), validUntil: momentOf(addDays(from, 3), '00:00') }
        const pieces = [{ broadcastId: 'tin' as Id<'broadcast'>, seconds: one.seconds }]
        const periods = [{ from, to: addDays(from, 2), on: 'daily' as const, timesAWeek: 7, timesADay: null }]
        const { plays, conflicts } = layOut({ pieces, class: one.class, periods, ...valid }, ground)
        const takes = secondsOnAir(one.seconds, chime)
        expect(plays.length + conflicts.filter(({ why }) => why !== 'crowded').length).toBe(3 * slots.length)
        for (const [day, ofDay] of Map.groupBy(plays, (play) => play.day)) {
          const higher = standing.filter((held) => held.day === day && rankOf(held.class) <= rankOf(one.class))
          const sum = (held: typeof standing) =>
            held.reduce((total, { seconds }) => total + secondsOnAir(seconds, chime), 0)
          if (minutesADay !== null) expect(sum(higher) + ofDay.length * takes).toBeLessThanOrEqual(minutesADay * 60)
          if (repeatsADay !== null) expect(ofDay.length).toBeLessThanOrEqual(repeatsADay)
          for (const play of ofDay) {
            const slot = slots.find(({ id }) => id === play.slotId)!
            const here = sum(higher.filter(({ slotId }) => slotId === slot.id)) + takes
            expect(here).toBeLessThanOrEqual(openMinutes(slot, quiet) * 60)
            expect(timeAt(play.at)).toBe(slot.begins)
          }
        }
      }),
    )
  })
})
