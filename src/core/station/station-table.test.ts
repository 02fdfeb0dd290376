import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { enrolmentHash, newEnrolmentCode } from './enrolment-code.ts'
import { previewStationRows } from './preview-stations.ts'
import { hoursOf, writeHours } from './station-cells.ts'
import { BARE_STATION_ROW, keyOf, type StationRow } from './station-table.ts'
import { hearingOf } from './station.ts'

const row = (given: Partial<StationRow>): StationRow => ({ ...BARE_STATION_ROW, ...given })
const STATION = row({
  ...{ kind: 'station', code: 'LOA-1', name: 'Đài xã', place: 'P1', organisation: 'UBND-1', carriage: 'ip' },
  ...{ volume: '80', chime: 'yes', undecided: 'skip' },
})
const CLUSTER = row({
  ...{ kind: 'cluster', code: 'CUM-1', name: 'Cụm thôn La Ve', station: 'LOA-1', carriage: '4g', horns: '2' },
})
const SPEAKER = row({ kind: 'speaker', code: 'TB-1', cluster: 'CUM-1' })
const ALL = [STATION, CLUSTER, SPEAKER]
const GROUND = {
  places: new Set(['P1']),
  organisations: new Set(['UBND-1']),
  outlets: new Set(['BT-1']),
  revoked: new Set(['TB-CU']),
  atBoards: new Set(['TB-BANG']),
}
const standing = new Map(ALL.map((one) => [keyOf(one), one]))
const preview = (...rows: readonly StationRow[]) => previewStationRows(rows, standing, GROUND)
const told = (...rows: readonly StationRow[]) => preview(...rows).bad.map(({ column, reason }) => [column, reason])

describe('a table of stations, clusters and devices', () => {
  test.each<[StationRow, Partial<StationRow>, [string, string]]>([
    [STATION, { kind: 'đài' }, ['kind', 'kind']],
    [STATION, { code: '' }, ['code', 'empty']],
    [STATION, { code: 'BT-1' }, ['code', 'taken']],
    [SPEAKER, { code: 'TB-BANG' }, ['code', 'taken']],
    [STATION, { name: '' }, ['name', 'empty']],
    [STATION, { place: 'P9' }, ['place', 'place']],
    [STATION, { organisation: '' }, ['organisation', 'organisation']],
    [STATION, { carriage: '4g' }, ['carriage', 'carriage']],
    [STATION, { minutes_a_day: 'cả ngày' }, ['minutes_a_day', 'number']],
    [STATION, { volume: '101' }, ['volume', 'number']],
    [STATION, { volume_hours: '05:00-06:00=60;05:30-07:00=50' }, ['volume_hours', 'volume_hours']],
    [STATION, { chime: 'có' }, ['chime', 'yes_no']],
    [STATION, { undecided: 'wait' }, ['undecided', 'undecided']],
    [STATION, { quiet_from: '21:00' }, ['quiet_to', 'hours']],
    [STATION, { quiet_from: '25:00', quiet_to: '05:00' }, ['quiet_from', 'hour']],
    [STATION, { horns: '4' }, ['horns', 'not_here']],
    [CLUSTER, { station: 'LOA-9' }, ['station', 'station']],
    [CLUSTER, { carriage: 'ip' }, ['carriage', 'network']],
    [CLUSTER, { latitude: '22,5' }, ['longitude', 'point']],
    [CLUSTER, { latitude: '122.5', longitude: '104' }, ['latitude', 'degree']],
    [CLUSTER, { languages: 'tiếng Mông' }, ['languages', 'language']],
    [CLUSTER, { alive_from: '2026-07-30', alive_to: '2026-07-01' }, ['alive_to', 'order']],
    [SPEAKER, { cluster: 'CUM-9' }, ['cluster', 'cluster']],
    [SPEAKER, { code: 'TB-CU' }, ['code', 'revoked']],
    [SPEAKER, { code: 'TB-2' }, ['cluster', 'has_speaker']],
    [SPEAKER, { name: 'Thiết bị' }, ['name', 'not_here']],
  ])('tells where %o is wrong with %o', (of, change, flaw) => {
    expect(told({ ...of, ...change })).toContainEqual(flaw)
  })

  test('adds in any order, amends, and changes nothing the second time', () => {
    const all = [SPEAKER, CLUSTER, STATION]
    const fresh = previewStationRows(all, new Map(), GROUND)
    expect([fresh.bad, fresh.added.map(({ code }) => code)]).toEqual([[], ['TB-1', 'CUM-1', 'LOA-1']])
    expect(preview(...all)).toMatchObject({ added: [], changed: [], same: 3, bad: [] })
    expect(preview({ ...STATION, volume: '' }).same, 'an empty cell is as it is at first').toBe(1)
    expect(preview({ ...STATION, volume: '60' }).changed).toMatchObject([{ volume: '60' }])
    expect(told(STATION, STATION)).toEqual([['code', 'twice']])
  })

  test('leaves a cluster at its station and a device at its cluster', () => {
    const other = [
      { ...STATION, code: 'LOA-2' },
      { ...CLUSTER, code: 'CUM-2', station: 'LOA-2' },
    ]
    expect(told(...other, { ...CLUSTER, station: 'LOA-2' })).toEqual([['station', 'moved']])
    expect(told(...other, { ...SPEAKER, cluster: 'CUM-2' })).toEqual([['cluster', 'moved']])
  })

  test('passes over blank rows but counts them', () => {
    expect(preview(BARE_STATION_ROW, row({ kind: 'station' })).bad[0]).toMatchObject({ row: 3 })
  })
})

describe('volume by hour', () => {
  test('is read and written the same', () => {
    const minute = fc.integer({ min: 0, max: 1_439 })
    const clock = (at: number) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
    const hours = fc.uniqueArray(minute, { minLength: 2, maxLength: 20 }).map((moments) => {
      const sorted = moments.toSorted((one, other) => one - other)
      return sorted.flatMap((from, at) =>
        at % 2 === 0 && at + 1 < sorted.length
          ? [{ from: clock(from), to: clock(sorted[at + 1] ?? 0), volume: from % 101 }]
          : [],
      )
    })
    fc.assert(
      fc.property(hours, (given) => {
        expect(hoursOf(writeHours(given))).toEqual(given)
      }),
    )
  })

  test.each(['5h', '06:00-05:00=50', '05:00-06:00=101', '05:00-06:00', '05:00-24:00=1'])('does not take %s', (cell) => {
    expect(hoursOf(cell)).toBeNull()
  })
})

describe('a station', () => {
  test.each([
    ['ip', 36, 36, 36, 'all'],
    ['ip', 36, 36, 35, 'some'],
    ['ip', 36, 35, 35, 'some'],
    ['ip', 36, 36, 0, 'none'],
    ['ip', 36, 0, 0, 'not_enrolled'],
    ['ip', 0, 0, 0, 'no_cluster'],
    ['fm', 36, 0, 0, 'by_hand'],
  ] as const)(
    'over %s with %i clusters, %i enrolled, %i heard is %s',
    (carriage, clusters, enrolled, heard, hearing) => {
      expect(hearingOf({ carriage, clusters, enrolled, heard })).toBe(hearing)
    },
  )
})

describe('a code to enrol with', () => {
  test('is four groups of letters that no hand confuses, and another each time', () => {
    const codes = Array.from({ length: 200 }, newEnrolmentCode)
    expect(new Set(codes).size).toBe(200)
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
  })

  test('is found as it was meant, however it was typed', () => {
    const meant = enrolmentHash('0123-ABCD-EFGH-1111')
    for (const typed of ['o123abcdefghiLl1', ' 0123 abcd efgh 1111 ']) expect(enrolmentHash(typed)).toBe(meant)
    expect(enrolmentHash('0123-ABCD-EFGH-1112')).not.toBe(meant)
  })
})
