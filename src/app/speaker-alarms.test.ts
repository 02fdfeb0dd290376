import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALARM_KINDS, alarmsWhere, tellAlarms, watchOver, type Alarm } from '../core/alarm/index.ts'
import { organisationHierarchy } from '../core/organisation/index.ts'
import {
  deviceByCode,
  importStations,
  keepStates,
  nextNumbers,
  noteFault,
  noteHubStarted,
  revokeDevice,
  touchStation,
  type DeviceHeartbeat,
} from '../core/station/index.ts'
import { openTestDatabase, stillClock, testCtx, type TestDatabase } from '../testing/index.ts'
import { castOf } from '../core/identity/cast.build.ts'
import type { Id } from '../core/kernel/index.ts'
import { alarmPath, alarmWords } from './alarm-words.ts'
import { enrolPlayed } from './played-speaker.build.ts'
import { stationWith } from './stations.build.ts'
import { tellBy, type Notice } from './tell-by-mail.ts'
import { readWording } from './wording/read-wording.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
let database: TestDatabase
let ctx: ReturnType<typeof testCtx>
let device: Awaited<ReturnType<typeof deviceByCode>> & {}
beforeAll(async () => {
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock })
  await importStations(ctx, { rows: stationWith('LOA-A', 2) })
  await noteHubStarted(ctx.db, clock.now())
  await enrolPlayed(ctx, 'TB-LOA-A-001')
  device = (await deviceByCode(ctx.db, 'TB-LOA-A-001'))!
})
afterAll(() => database.close())

const later = (minutes: number) => clock.set(new Date(clock.now().getTime() + minutes * 60_000).toISOString())
const says = (change: Partial<DeviceHeartbeat> = {}) =>
  keepStates(ctx.db, [
    {
      ...{ deviceId: device.id, heardAt: clock.now(), scheduleVersion: 1_000, storedCount: 1, nextPlayAt: null },
      ...{ volume: 80, clockOffMs: 0, faults: [], agentVersion: 'x', ...change },
    },
  ])
async function alarms() {
  await watchOver(ctx, async () => null)
  const open = await alarmsWhere(ctx.db, { open: true }, null, 20)
  return open.filter(({ kind }) => kind.startsWith('device_'))
}
const kinds = async () => (await alarms()).map(({ kind }) => kind).sort()

test('a device that nobody has heard of for an hour is an alarm of its station’s body, and none when it is heard again', async () => {
  later(59)
  expect(await kinds()).toEqual([])
  later(5)
  const [alarm] = await alarms()
  expect(alarm).toMatchObject({ kind: 'device_silent', facts: { station: 'Đài truyền thanh xã', count: 1 } })
  expect(alarm).toMatchObject({ outletId: device.outletId, organisationId: expect.any(String) })
  expect(alarmWords(readWording('vi'), alarm!).what).toContain('TB-LOA-A-001')
  await says()
  expect(await kinds()).toEqual([])
})

test('nobody is silent to whom nobody listened', async () => {
  later(180)
  await noteHubStarted(ctx.db, clock.now())
  expect(await kinds()).toEqual([])
  await says()
})

test('a wrong clock, a broken sound and a programme that is not held are told while the device is heard', async () => {
  await says({ clockOffMs: -61_000, faults: ['stopped', 'sound_fault'] })
  expect(await kinds()).toEqual(['device_clock', 'device_faulty'])
  await nextNumbers(ctx.db, [{ recipient: 's/LOA-A', kind: 'schedule', validUntil: clock.now() }], clock.now())
  await touchStation(ctx.db, device.outletId)
  await says({ scheduleVersion: 0 })
  expect(await kinds(), 'it has just been said').toEqual([])
  later(16)
  await says({ scheduleVersion: 0 })
  expect(await kinds()).toEqual(['device_behind'])
  await says()
  expect(await kinds()).toEqual([])
})

test('a torn log stands until the device is replaced; a forged message is told for a day, also of one that was revoked', async () => {
  const note = (kind: 'fork' | 'gap' | 'forged') =>
    noteFault(ctx.db, { deviceId: device.id, kind, at: clock.now(), detail: 'entry 5 after 3' })
  await note('gap')
  expect(await kinds(), 'what is missing may yet come').toEqual([])
  await note('fork')
  await note('forged')
  expect(await kinds()).toEqual(['device_attacked', 'device_log'])
  await revokeDevice(ctx, { deviceId: device.id, reason: 'mất dữ liệu' })
  expect(await kinds()).toEqual(['device_attacked'])
  later(24 * 60 + 1)
  expect(await kinds()).toEqual([])
})

test('whatever ails a device, the people of its commune read it in their mail: where, which, since when, and the page', async () => {
  const { id: pao } = await castOf(database, { hierarchy: organisationHierarchy }).someone('pao')
  await sql`insert into membership (id, person_id, organisation_id, role, from_day)
    select gen_random_uuid(), ${pao}, id, 'field_officer', '2026-01-01' from organisation where code = 'UBND-02683'`.execute(
    ctx.db,
  )
  clock.set('2026-11-26T01:00:00Z')
  await importStations(ctx, { rows: stationWith('LOA-M', 6, { name: 'Đài Bản Hồ' }) })
  const ids = new Map<string, Id<'device'>>()
  for (const number of [1, 2, 3, 4, 5, 6])
    ids.set(`TB-LOA-M-00${number}`, (await enrolPlayed(ctx, `TB-LOA-M-00${number}`)).id)
  const station = (await deviceByCode(ctx.db, 'TB-LOA-M-001'))!.outletId
  const idOf = (number: number) => ids.get(`TB-LOA-M-00${number}`)!
  await nextNumbers(ctx.db, [{ recipient: 's/LOA-M', kind: 'schedule', validUntil: clock.now() }], clock.now())
  await touchStation(ctx.db, station)
  // Seen for an hour and a half without the first, which has said nothing since it enrolled.
  later(90)
  const since = clock.now()
  await noteFault(ctx.db, { deviceId: idOf(5), kind: 'fork', at: since, detail: 'entry 5 after 3' })
  await noteFault(ctx.db, { deviceId: idOf(6), kind: 'forged', at: since, detail: 'of another device' })
  for (const number of [2, 3, 4, 5, 6]) {
    const ails = { 2: { clockOffMs: 90_000 }, 3: { scheduleVersion: 0 }, 4: { faults: ['sound_fault'] } }[number] ?? {}
    await says({ deviceId: idOf(number), ...ails })
  }
  await says()
  await watchOver(ctx, async () => null)
  const sent: (Notice & { readonly to: string })[] = []
  const send = async (_ctx: unknown, to: string, notice: Notice) => Boolean(sent.push({ to, ...notice }))
  const by = tellBy(send, 'https://loa.example')
  later(2)
  expect(await tellAlarms(ctx, by)).toBe(1)
  expect(sent.map(({ to }) => to)).toEqual([pao])
  const { subject, text } = sent[0]!
  const ofDevices = ALARM_KINDS.filter((kind) => kind.startsWith('device_'))
  expect(subject).toBe(`Loa: ${ofDevices.length} cảnh báo cần xem`)
  const told = text.split('\n\n')
  const first = ['silent', 'clock', 'behind', 'faulty', 'log', 'attacked']
  expect(ofDevices).toEqual(first.map((kind) => `device_${kind}`))
  for (const [at, kind] of first.entries()) {
    const about = { station: 'Đài Bản Hồ', count: 1, device: `TB-LOA-M-00${at + 1}` }
    const { what, todo } = alarmWords(readWording('vi'), { kind: `device_${kind}` as Alarm['kind'], facts: about })
    const line = told.find((one) => one.includes(what)) ?? `nothing of ${kind} in:\n${text}`
    expect(line).toMatch(new RegExp(`^• Đài Bản Hồ: .*TB-LOA-M-00${at + 1}`))
    expect(line).toContain(`\n  Từ ${['silent', 'behind'].includes(kind) ? '08:00' : '09:30'} 26/11/2026. `)
    expect(line).toContain(todo)
    expect(line.endsWith(`\n  https://loa.example/stations/${station}`)).toBe(true)
  }
  later(2)
  await watchOver(ctx, async () => null)
  expect(await tellAlarms(ctx, by), 'once').toBe(0)
  const [alarm] = await alarms()
  expect(alarmPath({ ...alarm!, facts: { ...alarm!.facts, place: 'board' } })).toBe(`/boards/${alarm!.outletId}`)
})
