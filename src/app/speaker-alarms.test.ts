import { afterAll, beforeAll, expect, test } from 'vitest'
import { alarmsWhere, watchOver } from '../core/alarm/index.ts'
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
import { alarmWords } from './alarm-words.ts'
import { enrolPlayed } from './played-speaker.build.ts'
import { stationWith } from './stations.build.ts'
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
