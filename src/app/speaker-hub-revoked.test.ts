import type { KeyObject } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Ctx } from '../core/kernel/index.ts'
import { organisationHierarchy } from '../core/organisation/index.ts'
import { importStations, planeDevices, revokeDevice } from '../core/station/index.ts'
import { topics } from '../platform/speakers/protocol.ts'
import { openTestDatabase, testCtx, type TestDatabase } from '../testing/index.ts'
import { believing, enrolPlayed, played, type PlayedSpeaker } from './played-speaker.build.ts'
import { mosquittoAccounts } from './speaker-accounts.ts'
import { BROKERS, HUB, hubGround, type HubGround } from './speaker-hub-ground.build.ts'
import { stationWith } from './stations.build.ts'

let database: TestDatabase
let ctx: Ctx
let believes: (keyId: string) => KeyObject | null
beforeAll(async () => {
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock: { now: () => new Date() } })
  await importStations(ctx, { rows: stationWith('LOA-B', 2 * BROKERS.length) })
  believes = await believing(ctx)
})
afterAll(() => database.close())

let nextDevice = 0
const enrolNext = () => {
  nextDevice += 1
  return enrolPlayed(ctx, `TB-LOA-B-${String(nextDevice).padStart(3, '0')}`)
}

describe.each(BROKERS)('the hub over %s', (_name, kind) => {
  let at: HubGround
  beforeAll(async () => {
    at = await hubGround(ctx, database, kind)
  })
  afterAll(() => at.close())

  test('a revoked device is told so and cut, and comes to nothing of its station again', async () => {
    const gone = await enrolNext()
    await at.admitAll()
    await vi.waitFor(() => gone.connect(at.port, believes), { timeout: 20_000, interval: 100 })
    await gone.say({ kind: 'log', entries: gone.write(played()) })
    await gone.hears('logged')
    await revokeDevice(ctx, { deviceId: gone.id, reason: 'mất cắp' })
    await gone.hears('command', ({ command }) => command === 'revoked')
    await at.admitAll()
    if (kind === 'mosquitto') gone.client!.end(true)
    else await gone.isCut()
    await comesToNothing(gone)
  })

  test('a device that was revoked while it was away is told so when it speaks, and hears nothing else', async () => {
    const gone = await enrolNext()
    await revokeDevice(ctx, { deviceId: gone.id, reason: 'thay mới' })
    await at.admitAll()
    await comesToNothing(gone)
  })

  /** mosquitto grants what it never hands over; RabbitMQ ends the connection of who asks for too much, so it lets none in. */
  async function comesToNothing(gone: PlayedSpeaker): Promise<void> {
    gone.topics.clear()
    if (kind === 'rabbitmq') {
      await vi.waitFor(async () => expect(await at.accounts()).not.toContain(gone.id), { timeout: 20_000 })
      await expect(gone.knock(at.port, believes)).rejects.toThrow('not let in')
      return expect([...gone.topics.keys()]).toEqual([])
    }
    const { client, hears } = await vi.waitFor(() => gone.knock(at.port, believes), { timeout: 20_000, interval: 100 })
    if (kind === 'ours') expect(hears).toEqual([topics.device(gone.id)])
    const isTold = () => expect(gone.topics.get(topics.device(gone.id))).toMatchObject({ body: { command: 'revoked' } })
    await vi.waitFor(
      async () => {
        if (kind === 'mosquitto') await gone.say({ kind: 'log', entries: gone.write(played()) })
        isTold()
      },
      { timeout: 30_000, interval: 500 },
    )
    expect([...gone.topics.keys()]).toEqual([topics.device(gone.id)])
    client.end(true)
  }

  test('one that was revoked long ago is not let in where the broker has no other way to tell it', async () => {
    const devices = await planeDevices(ctx.db)
    const revoked = devices.filter(({ state }) => state === 'revoked')
    const inTenDays = new Date(ctx.clock.now().getTime() + 10 * 86_400_000)
    const { passwords, acl } = mosquittoAccounts(devices, HUB, inTenDays)
    expect(revoked.length).toBeGreaterThan(0)
    for (const { id } of revoked) expect(passwords + acl).not.toContain(id)
  })
})
