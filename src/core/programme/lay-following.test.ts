import fc from 'fast-check'
import { expect, test } from 'vitest'
import { momentOf, type Id } from '../kernel/index.ts'
import { layFollowing, type OldPlace } from './lay-following.ts'
import type { Ground, Standing, Wish } from './lay-out.ts'
import { secondsOnAir } from './programme.ts'
import type { Slot } from './slot.ts'

const DAY = '2026-11-03'

function slotOf(id: string, begins: string, minutes = 10): Slot {
  const own = { id: id as Id<'slot'>, stationId: 'loa' as Id<'outlet'>, name: id, weekdays: 127, market: '' }
  return { ...own, begins, minutes, fromDay: null, toDay: null, seasonFrom: null, seasonTo: null }
}
const MORNING = slotOf('morning', '05:30')
const EVENING = slotOf('evening', '16:30')

function groundOf(given: Partial<Ground> = {}): Ground {
  const open = { offDays: [], quiet: null, minutesADay: null, repeatsADay: null, chime: false, standing: [] }
  return { slots: [MORNING, EVENING], ...open, now: momentOf('2026-11-02', '08:00'), ...given }
}
function wishOf(seconds: number, one: Wish['class'] = 'ordinary') {
  const valid = { validFrom: momentOf('2026-11-02', '08:00'), validUntil: momentOf('2026-12-01', '00:00') }
  return { pieces: [{ broadcastId: 'new' as Id<'broadcast'>, seconds }], class: one, ...valid }
}
function placeOf(slot: Slot, seconds: number): OldPlace {
  return { slotId: slot.id, day: DAY, plannedAt: momentOf(DAY, slot.begins), ord: 2, lengths: [seconds] }
}
function otherOf(slot: Slot, seconds: number): Standing {
  return { broadcastId: 'other' as Id<'broadcast'>, slotId: slot.id, day: DAY, class: 'ordinary', ord: 1, seconds }
}

test('what is no longer than what stood there stands there, in its place among the others, whatever was limited since', () => {
  const ground = groundOf({ standing: [otherOf(MORNING, 500)], minutesADay: 1 })
  const { plays, conflicts } = layFollowing(wishOf(100), [placeOf(MORNING, 100)], ground)
  const at = momentOf(DAY, '05:30')
  expect(plays).toEqual([{ broadcastId: 'new', slotId: 'morning', day: DAY, at, ord: 2 }])
  expect(conflicts).toEqual([])
})

test('a longer recording goes into another slot of its day where its own has no room', () => {
  const ground = groundOf({ standing: [otherOf(MORNING, 450)] })
  const { plays, conflicts } = layFollowing(wishOf(200), [placeOf(MORNING, 100)], ground)
  expect(plays).toMatchObject([{ slotId: 'evening', at: momentOf(DAY, '16:30') }])
  expect(conflicts).toEqual([])
})

test('where no slot of its day takes it, it is not laid and it is said why', () => {
  const full = groundOf({ standing: [otherOf(MORNING, 450), otherOf(EVENING, 450)] })
  const { plays, conflicts } = layFollowing(wishOf(200), [placeOf(MORNING, 100)], full)
  expect(plays).toEqual([])
  expect(conflicts).toMatchObject([{ why: 'no_room', day: DAY, slotId: 'morning', broadcastId: 'new' }])
})

test('minutes of the day and quiet hours hold for what is longer', () => {
  const spent = groundOf({ standing: [otherOf(EVENING, 100)], minutesADay: 5 })
  expect(layFollowing(wishOf(250), [placeOf(MORNING, 100)], spent).conflicts).toMatchObject([{ why: 'minutes_a_day' }])
  const quiet = groundOf({ slots: [MORNING], quiet: { from: '05:33', to: '06:00' } })
  expect(layFollowing(wishOf(250), [placeOf(MORNING, 100)], quiet).conflicts).toMatchObject([{ why: 'quiet_hours' }])
})

test('a priority notice that grew takes its room from ordinary ones, and says how many minutes are too many', () => {
  const ground = groundOf({ standing: [otherOf(MORNING, 450)] })
  const { plays, conflicts } = layFollowing(wishOf(300, 'priority'), [placeOf(MORNING, 100)], ground)
  expect(plays).toMatchObject([{ slotId: 'morning', ord: 2 }])
  expect(conflicts).toMatchObject([{ why: 'crowded', slotId: 'morning', what: '3' }])
})

test('it is laid nowhere twice, and never makes a slot longer than it is unless it was so before', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 700 }),
      fc.uniqueArray(fc.constantFrom(MORNING, EVENING), { minLength: 1 }),
      fc.integer({ min: 0, max: 700 }),
      (seconds, slots, others) => {
        const places = slots.map((slot) => placeOf(slot, 100))
        const standing = others > 0 ? [otherOf(MORNING, others)] : []
        const { plays, conflicts } = layFollowing(wishOf(seconds), places, groundOf({ standing }))
        expect(new Set(plays.map(({ at }) => at.getTime())).size).toBe(plays.length)
        expect(plays.length + conflicts.length).toBe(places.length)
        const before = others > 0 ? secondsOnAir(others, false) : 0
        if (seconds > 100 && plays.some(({ slotId }) => slotId === 'morning'))
          expect(before + secondsOnAir(seconds, false)).toBeLessThanOrEqual(MORNING.minutes * 60)
      },
    ),
  )
})
