import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, newId } from '../kernel/index.ts'
import { checkActivity, distanceKm, reachKm, type Ground, type PhotoSeen } from './finding.ts'

const DAY = '2026-11-20'
const BAN_HO = { latitude: 22.24, longitude: 103.9543, areaKm2: 166.2 }
const CLEAN: Ground = {
  receivedOn: '2026-11-24',
  receivedTime: '09:30',
  campaignFrom: '2026-11-01',
  dueOn: '2026-11-30',
  place: BAN_HO,
  photos: [],
  ways: 137,
  same: { ofBody: null, elsewhere: null },
}
const photo = (change: Partial<PhotoSeen>): PhotoSeen => ({
  mediaId: newId<'media'>(),
  takenOn: DAY,
  location: null,
  shownBy: null,
  ...change,
})
const codes = (change: Partial<Ground>, day = DAY, beganAt: string | null = null) =>
  checkActivity({ day, beganAt }, { ...CLEAN, ...change }).map(({ code }) => code)

describe('a check', () => {
  test('finds nothing in what is as it should be', () => {
    expect(codes({ photos: [photo({ location: BAN_HO })] })).toEqual([])
    expect(codes({ campaignFrom: null, dueOn: null, place: null, photos: [photo({ takenOn: null })] })).toEqual([])
  })

  test('finds a day that cannot be, and one that comes too late', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 }), (days) => {
        const day = addDays(CLEAN.receivedOn, days)
        expect(codes({}, day)).toEqual([
          ...(days > 0 ? ['in_future'] : []),
          ...(day < '2026-11-01' ? ['before_campaign'] : []),
          ...(day > '2026-11-30' ? ['after_deadline'] : []),
        ])
      }),
    )
  })

  test('finds an hour that has not come yet, and one at which nobody gathers', () => {
    expect(codes({}, '2026-11-24', '09:30')).toEqual([])
    expect(codes({}, '2026-11-24', '09:31')).toEqual(['in_future'])
    expect(codes({}, DAY, '17:00:00')).toEqual([])
    for (const hour of ['23:00', '00:15', '03:59']) expect(codes({}, DAY, hour)).toEqual(['at_night'])
    expect(codes({}, DAY, '04:00')).toEqual([])
  })

  test('finds a photograph of another day, but not one of the evening before', () => {
    expect(codes({ photos: [photo({ takenOn: '2026-11-19' })] })).toEqual([])
    expect(codes({ photos: [photo({ takenOn: '2026-11-18' })] })).toEqual(['photo_other_day'])
    expect(codes({ photos: [photo({ takenOn: '2026-11-22' }), photo({ takenOn: '2025-11-20' })] })).toEqual([
      'photo_other_day',
      'photo_other_day',
    ])
  })

  test('finds a photograph taken far away, by the size of the place', () => {
    const hanoi = { latitude: 21.03, longitude: 105.85 }
    expect(codes({ photos: [photo({ location: hanoi })] })).toEqual(['photo_far'])
    expect(codes({ place: { ...BAN_HO, areaKm2: 300_000 }, photos: [photo({ location: hanoi })] })).toEqual([])
    expect(codes({ place: null, photos: [photo({ location: hanoi })] })).toEqual([])
  })

  test('names the other activity of a picture or of numbers that were seen before', () => {
    const other = newId<'activity'>()
    const copied = {
      ways: 9_000,
      same: {
        ofBody: { id: other, day: '2026-11-13', days: 1 },
        elsewhere: { id: other, day: '2026-11-14', body: 'UBND xã Bản Hồ' },
      },
    }
    const found = checkActivity(
      { day: DAY, beganAt: null },
      { ...CLEAN, photos: [photo({ shownBy: other })], ...copied },
    )
    expect(found.map(({ code, facts, otherId }) => [code, facts, otherId])).toEqual([
      ['same_photo', {}, other],
      ['copied_counts', { day: '2026-11-13', days: 1 }, other],
      ['copied_elsewhere', { day: '2026-11-14', body: 'UBND xã Bản Hồ' }, other],
    ])
  })
})

test('distance is none to oneself, the same both ways, and some 111 km a degree of latitude', () => {
  const spot = fc.record({
    latitude: fc.double({ min: -89, max: 89, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  })
  fc.assert(
    fc.property(spot, spot, (one, other) => {
      expect(distanceKm(one, one)).toBe(0)
      expect(distanceKm(one, other)).toBeCloseTo(distanceKm(other, one), 6)
      expect(distanceKm(one, other)).toBeLessThanOrEqual(20_016)
    }),
  )
  expect(distanceKm({ latitude: 21, longitude: 105 }, { latitude: 22, longitude: 105 })).toBeCloseTo(111.2, 1)
  expect(reachKm(166.2)).toBeGreaterThan(15)
  expect(reachKm(null)).toBe(30)
})
