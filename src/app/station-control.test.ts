import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { castOf } from '../core/identity/cast.build.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../core/organisation/index.ts'
import {
  clustersStanding,
  commandsOf,
  countEnrolled,
  heardSince,
  importStations,
  isToldToStop,
  keepStates,
  noteDeviceLog,
  playedAt,
  revokeDevice,
  sendCommand,
  sendCommands,
  stationByCode,
  stationsStanding,
  stationsToldToStop,
  stoppedDevices,
  touchStation,
} from '../core/station/index.ts'
import { openTestDatabase, person, stillClock, testCtx, type TestDatabase } from '../testing/index.ts'
import { as, enrolled, heartbeat, stationRow, stationWith } from './stations.build.ts'

const NOW = new Date('2026-07-13T01:00:00Z')
const LONG_AGO = new Date('2026-07-12T01:00:00Z')
const QUESTION = { day: '2026-07-13', since: heardSince(NOW), now: NOW }
const ELSEWHERE = { place: '03046', organisation: 'UBND-03046' }

let database: TestDatabase
let ctx: Ctx
const devices: Record<string, Id<'device'>> = {}
beforeAll(async () => {
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock: stillClock(NOW.toISOString()) })
  await importStations(ctx, {
    rows: [
      ...stationWith('LOA-1', 3, { name: 'Đài xã Bát Xát' }),
      ...stationWith('LOA-2', 1, { ...ELSEWHERE, name: 'Đài xã Bản Hồ' }),
      ...stationWith('LOA-3', 1),
      stationRow({ kind: 'station', code: 'LOA-4' }),
      stationRow({ kind: 'station', code: 'LOA-5', carriage: 'fm' }),
    ],
  })
  for (const code of ['LOA-1-001', 'LOA-1-002', 'LOA-2-001']) devices[code] = await enrolled(ctx, `TB-${code}`)
  const version = (await stationOf('LOA-1')).scheduleVersion
  await keepStates(ctx.db, [
    heartbeat(devices['LOA-1-001']!, NOW, { scheduleVersion: version, faults: ['disk_full'] }),
    heartbeat(devices['LOA-1-002']!, LONG_AGO, { clockOffMs: 90_000 }),
    heartbeat(devices['LOA-2-001']!, NOW, { scheduleVersion: 99 }),
  ])
})
afterAll(() => database.close())

const stationOf = async (code: string) => (await stationByCode(ctx.db, code))!
const codesOf = (some: readonly { readonly code: string }[]) => some.map(({ code }) => code)

describe('how stations stand', () => {
  test('is told by what their speakers said of late', async () => {
    const [one] = await stationsStanding(ctx.db, { ...QUESTION, words: 'bat xat' })
    expect(one).toMatchObject({
      ...{ code: 'LOA-1', clusters: 3, heard: 1, expected: 1, enrolled: 2, faulty: 1, behind: 1 },
      ...{ carriage: 'ip', paused: false },
    })
    expect(one?.latitude, 'the point of its commune, as it has none of its own').toBeTypeOf('number')
  })

  test.each([
    ['some', ['LOA-1']],
    ['all', ['LOA-2']],
    ['none', []],
    ['not_enrolled', ['LOA-3']],
    ['no_cluster', ['LOA-4']],
    ['by_hand', ['LOA-5']],
  ] as const)('%s: %o', async (hearing, codes) => {
    expect(codesOf(await stationsStanding(ctx.db, { ...QUESTION, hearing }))).toEqual(codes)
  })

  test('is asked for page by page, and by carriage', async () => {
    expect(codesOf(await stationsStanding(ctx.db, QUESTION, 'LOA-1', 2))).toEqual(['LOA-2', 'LOA-3'])
    expect(codesOf(await stationsStanding(ctx.db, { ...QUESTION, carriage: 'fm' }))).toEqual(['LOA-5'])
    expect(await stationsStanding(ctx.db, { ...QUESTION, only: [] })).toEqual([])
  })

  test('tells of each cluster, and of those in trouble alone', async () => {
    const { id: stationId } = await stationOf('LOA-1')
    const all = await clustersStanding(ctx.db, { ...QUESTION, stationId }, null, 10)
    expect(all).toMatchObject([
      { code: 'LOA-1-001', heard: true, faults: ['disk_full'], state: 'enrolled', stopped: false },
      { code: 'LOA-1-002', heard: false, clockOffMs: 90_000, scheduleVersion: 0 },
      { code: 'LOA-1-003', heard: false, state: 'expected', heardAt: null },
    ])
    const well = { ...QUESTION, stationId: (await stationOf('LOA-2')).id, ailing: true }
    expect(await clustersStanding(ctx.db, well, null, 10)).toEqual([])
  })

  test('a thousand clusters come fifty at a time', async () => {
    await importStations(ctx, { rows: stationWith('LOA-X', 1_000) })
    const { id: stationId } = await stationOf('LOA-X')
    const page = await clustersStanding(ctx.db, { ...QUESTION, stationId }, 'LOA-X-050', 50)
    expect([page.length, page.at(-1)?.code]).toEqual([50, 'LOA-X-100'])
    expect((await stationsStanding(ctx.db, { ...QUESTION, only: [stationId] }))[0]?.clusters).toBe(1_000)
  })
})

describe('a command to several stations', () => {
  test('goes to each device once, when there are as many as whoever sends it was shown', async () => {
    const stationIds = [(await stationOf('LOA-1')).id, (await stationOf('LOA-2')).id, (await stationOf('LOA-4')).id]
    expect(await countEnrolled(ctx.db, stationIds, QUESTION.since)).toEqual({ devices: 3, silent: 1 })
    const fewer = sendCommands(ctx, { stationIds, kind: 'stop', devices: 2 })
    await expect(fewer).rejects.toMatchObject({ code: 'station.count_changed', facts: { shown: 2, now: 3 } })
    expect(await stoppedDevices(ctx.db, stationIds, NOW), 'nothing was sent').toBe(0)
    expect(await sendCommands(ctx, { stationIds, kind: 'stop', devices: 3 })).toBe(3)
    expect(await stoppedDevices(ctx.db, stationIds, NOW)).toBe(3)
    await sendCommands(ctx, { stationIds, kind: 'resume', devices: 3 })
    expect(await stoppedDevices(ctx.db, stationIds, NOW)).toBe(0)
  })

  test('to stop is none for a device that did not hear of it in time, whoever asks', async () => {
    const [away, answers] = [(await stationOf('LOA-1')).id, (await stationOf('LOA-2')).id]
    const both = { stationIds: [away, answers], devices: 3 }
    await sendCommands(ctx, { ...both, kind: 'stop' })
    await answersLast(devices['LOA-2-001']!)
    const stopped = async (now: Date) => ({
      count: await stoppedDevices(ctx.db, both.stationIds, now),
      stations: await stationsToldToStop(ctx.db, both.stationIds, now),
      each: await Promise.all(Object.values(devices).map((id) => isToldToStop(ctx.db, id, now))),
      shown: (await clustersStanding(ctx.db, { ...QUESTION, stationId: away, now }, null, 10)).map(
        (one) => one.stopped,
      ),
    })
    expect(await stopped(NOW)).toEqual({
      ...{ count: 3, stations: both.stationIds.toSorted() },
      ...{ each: [true, true, true], shown: [true, true, false] },
    })
    expect(await stopped(new Date(NOW.getTime() + 8 * 86_400_000))).toEqual({
      ...{ count: 1, stations: [answers] },
      ...{ each: [false, false, true], shown: [false, false, false] },
    })
    await sendCommands(ctx, { ...both, kind: 'resume' })
    expect((await stopped(NOW)).count).toBe(0)
  })

  /** Says by its log that it has done what it was told last. */
  async function answersLast(deviceId: Id<'device'>): Promise<void> {
    const [command] = await commandsOf(ctx.db, deviceId, 1)
    const answers = { commandId: command!.id, answer: 'done' }
    const entry = {
      seq: 1,
      prev: '0'.repeat(64),
      hash: '1'.repeat(64),
      at: NOW,
      kind: 'command',
      playId: null,
      answers,
    }
    await noteDeviceLog(ctx, { deviceId, entries: [{ ...entry, body: { entry: { kind: 'command' } } }], signed: '{}' })
  }

  test('needs the right in every one of them', async () => {
    const { id } = await castOf(database, { hierarchy: organisationHierarchy }).someone('pao')
    const organisationId = (await organisationIdsByCode(ctx.db, ['UBND-02683'])).get('UBND-02683')!
    const operator = as(ctx, person(id, [{ role: 'field_officer', organisationId, delegationId: null }], 'Pao'))
    const [own, other] = [(await stationOf('LOA-1')).id, (await stationOf('LOA-2')).id]
    const both = sendCommands(operator, { stationIds: [own, other], kind: 'stop', devices: 3 })
    await expect(both).rejects.toMatchObject({ code: 'access.organisation' })
    expect(await stoppedDevices(ctx.db, [own, other], NOW)).toBe(0)
    expect(await sendCommands(operator, { stationIds: [own], kind: 'volume', volume: 40, devices: 2 })).toBe(2)
  })
})

describe('what was played', () => {
  test('comes the newest first over all devices of a station, page after page', async () => {
    const station = await stationOf('LOA-1')
    await started(devices['LOA-1-001']!, 3, 0)
    await started(devices['LOA-1-002']!, 3, 60_000)
    const first = await playedAt(ctx.db, ['station_id', station.id], null, 4)
    expect(first.map(({ clusterName, seq }) => [clusterName, seq])).toEqual([
      ['Cụm loa LOA-1-002', 3],
      ['Cụm loa LOA-1-001', 3],
      ['Cụm loa LOA-1-002', 2],
      ['Cụm loa LOA-1-001', 2],
    ])
    const rest = await playedAt(ctx.db, ['station_id', station.id], first.at(-1)!, 10)
    expect(rest.map(({ seq, what }) => [seq, what])).toEqual([
      [1, 'started'],
      [1, 'started'],
    ])
    expect(await playedAt(ctx.db, ['id', devices['LOA-1-001']!], null, 10)).toHaveLength(3)
  })

  /** Says so many times that it has started, an hour apart, this much later than the other. */
  async function started(deviceId: Id<'device'>, times: number, laterMs: number): Promise<void> {
    const entries = Array.from({ length: times }, (_, at) => ({
      seq: at + 1,
      at: new Date(LONG_AGO.getTime() + laterMs + at * 3_600_000),
      kind: 'note',
      playId: null,
      body: { entry: { kind: 'note', what: 'started' } },
      prev: String(at).repeat(64),
      hash: String(at + 1).repeat(64),
    }))
    await noteDeviceLog(ctx, { deviceId, entries, signed: '{}' })
  }
})

test('a device that is revoked takes its waiting commands with it', async () => {
  const deviceId = devices['LOA-2-001']!
  const stationId = (await stationOf('LOA-2')).id
  await touchStation(ctx.db, stationId)
  await sendCommand(ctx, { stationId, deviceIds: [deviceId], kind: 'restart' })
  await revokeDevice(ctx, { deviceId, reason: 'Mất cắp' })
  const [restart] = await commandsOf(ctx.db, deviceId, 1)
  expect(restart).toMatchObject({ kind: 'restart', until: NOW })
  expect(await stationsStanding(ctx.db, { ...QUESTION, hearing: 'not_enrolled', words: 'ban ho' })).toHaveLength(1)
})
