import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Ctx } from '../core/kernel/index.ts'
import { organisationHierarchy } from '../core/organisation/index.ts'
import {
  commandsOf,
  faultsOf,
  importStations,
  piecesOf,
  planeStations,
  publicKeyOf,
  revokeDevice,
  sendCommand,
  speakerKeys,
  statesOf,
  touchStation,
} from '../core/station/index.ts'
import { listen, openDatabase, type Database } from '../platform/database/index.ts'
import { openBroker, type Broker } from '../platform/speakers/broker.ts'
import type { PlaneEars } from '../platform/speakers/plane.ts'
import { topics } from '../platform/speakers/protocol.ts'
import { openTestDatabase, openWire, testCtx, type TestDatabase } from '../testing/index.ts'
import { enrolPlayed, played, type PlayedSpeaker } from './played-speaker.build.ts'
import { startSpeakerHub, type Hub } from './speaker-hub.ts'
import { stationWith } from './stations.build.ts'

const PATIENTLY = { timeout: 20_000, interval: 50 }

let database: TestDatabase
let wire: Awaited<ReturnType<typeof openDatabaseWire>>
let overWire: Database
let ctx: Ctx
let hub: Hub<Broker>
let device: PlayedSpeaker
let hears: PlaneEars['take']
let endings = 0
let fault: Error | null = null
let minutesOn = 0
let believes: Parameters<PlayedSpeaker['connect']>[1]
beforeAll(async () => {
  database = await openTestDatabase('province')
  const clock = { now: () => new Date(Date.now() + minutesOn * 60_000) }
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock })
  await importStations(ctx, { rows: stationWith('LOA-A', 3) })
  device = await enrolPlayed(ctx, 'TB-LOA-A-001')
  wire = await openDatabaseWire(database.url)
  overWire = openDatabase(wire.url, 5)
  const { trusted } = await speakerKeys(ctx)
  believes = () => publicKeyOf(Buffer.from(trusted[0]!.publicKey, 'base64url'))
  hub = await startSpeakerHub({
    ctx: { ...ctx, db: overWire.db },
    listen: (name, heard) => listen(wire.url, name, heard),
    programme: {
      scheduleOf: async () => ({ broadcasts: [], plays: [] }),
      emergenciesOf: async () => [],
      async endPlays(_ctx, _id, ends) {
        if (fault) throw fault
        endings += ends.length
      },
    },
    open(door, ears) {
      hears = (id, bytes) => ears.take(id, bytes)
      return openBroker({ port: 0, host: '127.0.0.1', portIsFixed: false, tls: null, door, ears })
    },
  })
  await hub.settled()
})
afterAll(async () => {
  await hub.close()
  await overWire.close()
  wire.close()
  await database.close()
})

test('while the database is away devices come in and stay, and what they have played is acknowledged when it is kept', async () => {
  wire.cut()
  const client = await device.connect(hub.broker.port, believes)
  let acknowledged = false
  const said = device.say({ kind: 'log', entries: device.write(played(), played()) }).then(() => (acknowledged = true))
  await device.say(device.beat({ scheduleVersion: 3 }))
  expect(acknowledged, 'nobody says it is kept that is not').toBe(false)
  expect(client.connected).toBe(true)
  expect(await piecesOf(ctx.db, device.id)).toEqual([])
  wire.mend()
  await said
  await device.hears('logged', ({ seq }) => seq === 2)
  expect(await piecesOf(ctx.db, device.id)).toHaveLength(1)
  expect(endings).toBe(2)
  const [station] = await planeStations(ctx.db)
  await vi.waitFor(async () => {
    expect((await statesOf(ctx.db, station!.id)).get(device.id)).toMatchObject({ scheduleVersion: 3 })
  }, PATIENTLY)
})

test('the ends of plays and the log are kept together or not at all', async () => {
  const [entry] = device.write(played())
  const [pieces, ends] = [await piecesOf(ctx.db, device.id), endings]
  fault = new Error('no such play')
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  device.client!.publish(topics.up(device.id), device.sealed({ kind: 'log', entries: [entry!] }), { qos: 1 })
  await device.isCut()
  expect(await piecesOf(ctx.db, device.id)).toEqual(pieces)
  fault = null
  expect(told).toHaveBeenCalledWith(expect.stringContaining(device.id), expect.anything())
  told.mockRestore()
  await device.connect(hub.broker.port, believes)
  await device.say({ kind: 'log', entries: [entry!] })
  await device.hears('logged', ({ seq }) => seq === entry!.seq)
  expect(await piecesOf(ctx.db, device.id)).toHaveLength(pieces.length + 1)
  expect(endings).toBe(ends + 1)
})

test('a command waits for a device that is away, and is said again to one that was away and has not answered', async () => {
  const [station] = await planeStations(ctx.db)
  device.client!.end(true)
  await vi.waitFor(() => expect(hub.broker.connected()).toBe(0), PATIENTLY)
  minutesOn += 1
  await sendCommand(ctx, { stationId: station!.id, kind: 'stop' })
  await hub.settled()
  device.heard.length = 0
  const stops = () => device.heard.filter(({ body }) => body.kind === 'command')
  await device.connect(hub.broker.port, believes)
  const first = await device.hears('command', ({ command }) => command === 'stop')
  // It was away again before it could answer.
  device.client!.end(true)
  await vi.waitFor(() => expect(hub.broker.connected()).toBe(0), PATIENTLY)
  minutesOn += 1
  await device.connect(hub.broker.port, believes)
  await hub.settled()
  expect(stops(), 'its log may be on its way').toHaveLength(1)
  minutesOn += 2
  await hub.settled()
  const again = await device.hears('command', () => stops().length === 2)
  expect(again.body).toEqual(first.body)
  expect(again.seq).toBeGreaterThan(first.seq)
  if (first.body.kind !== 'command') throw new Error('no command')
  await device.say({ kind: 'log', entries: device.write({ kind: 'command', id: first.body.id, answer: 'done' }) })
  await device.hears('logged', ({ seq }) => seq === device.log.length)
  expect(await commandsOf(ctx.db, device.id, 1)).toMatchObject([{ answer: 'done' }])
})

test('a device that was revoked while it was away hears so each time it comes back, and that alone', async () => {
  const [station] = await planeStations(ctx.db)
  const gone = await enrolPlayed(ctx, 'TB-LOA-A-002')
  const inThere = (count: number) => vi.waitFor(() => expect(hub.broker.connected()).toBe(count), PATIENTLY)
  await hub.settled()
  await gone.connect(hub.broker.port, believes)
  await gone.say({ kind: 'log', entries: gone.write(played()) })
  await gone.hears('logged')
  await inThere(2)
  gone.client!.end(true)
  await inThere(1)
  await revokeDevice(ctx, { deviceId: gone.id, reason: 'hỏng, đã thay máy khác' })
  await touchStation(ctx.db, station!.id)
  await hub.settled()
  const kept = async () => [
    await piecesOf(ctx.db, gone.id),
    (await statesOf(ctx.db, station!.id)).get(gone.id),
    await metOf(gone),
    endings,
  ]
  const before = await kept()
  gone.heard.length = 0
  gone.topics.clear()
  const comesBack = async (times: number) => {
    const { client, hears } = await gone.knock(hub.broker.port, believes)
    expect(hears).toEqual([topics.device(gone.id)])
    for (const body of [{ kind: 'log' as const, entries: gone.write(played()) }, gone.beat({ scheduleVersion: 666 })])
      client.publish(topics.up(gone.id), gone.sealed(body), { qos: 1 })
    await vi.waitFor(() => expect(gone.heard).toHaveLength(times), PATIENTLY)
    await gone.isCut()
  }
  await comesBack(1)
  await comesBack(2)
  const [first, second] = gone.heard
  expect(first?.body).toMatchObject({ kind: 'command', command: 'revoked' })
  expect(second, 'the very same message, which cost no other number').toEqual(first)
  minutesOn += 59
  await comesBack(3)
  expect(gone.heard[2]!.seq, 'the one before is nearly over').toBeGreaterThan(first!.seq)
  expect([...gone.topics.keys()]).toEqual([topics.device(gone.id)])
  await hub.settled()
  expect(await kept()).toEqual(before)
  expect(device.client!.connected, 'who is at home stays').toBe(true)
})

test('what a revoked device says just after it was told is its goodbye; what it says later is told of', async () => {
  const gone = await enrolPlayed(ctx, 'TB-LOA-A-003')
  await hub.settled()
  await revokeDevice(ctx, { deviceId: gone.id, reason: 'mất cắp' })
  await hub.settled()
  // As over a broker that is not ours, which cuts nobody.
  const says = async () => {
    await hears(gone.id, gone.sealed({ kind: 'log', entries: gone.write({ kind: 'note', what: 'stopped' }) }))
    await hub.settled()
    return metOf(gone)
  }
  expect(await says()).toEqual([])
  minutesOn += 2
  expect(await says()).toMatchObject([{ kind: 'revoked', times: 1 }])
  expect(await piecesOf(ctx.db, gone.id)).toEqual([])
})

/** The faults met under the name of a device. */
async function metOf({ id }: PlayedSpeaker) {
  const [station] = await planeStations(ctx.db)
  return (await faultsOf(ctx.db, station!.id)).filter(({ deviceId }) => deviceId === id)
}

/** A wire to the database that can be cut. */
async function openDatabaseWire(databaseUrl: string) {
  const url = new URL(databaseUrl)
  const wire = await openWire(Number(url.port))
  url.port = String(wire.port)
  return { ...wire, url: url.href }
}
