import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Ctx } from '../core/kernel/index.ts'
import { organisationHierarchy } from '../core/organisation/index.ts'
import {
  commandsOf,
  importStations,
  piecesOf,
  planeStations,
  publicKeyOf,
  sendCommand,
  speakerKeys,
  statesOf,
} from '../core/station/index.ts'
import { listen, openDatabase, type Database } from '../platform/database/index.ts'
import { openBroker, type Broker } from '../platform/speakers/broker.ts'
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
let endings = 0
let fault: Error | null = null
let minutesOn = 0
let believes: Parameters<PlayedSpeaker['connect']>[1]
beforeAll(async () => {
  database = await openTestDatabase('province')
  const clock = { now: () => new Date(Date.now() + minutesOn * 60_000) }
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock })
  await importStations(ctx, { rows: stationWith('LOA-A', 1) })
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
    open: (door, ears) => openBroker({ port: 0, host: '127.0.0.1', portIsFixed: false, tls: null, door, ears }),
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

/** A wire to the database that can be cut. */
async function openDatabaseWire(databaseUrl: string) {
  const url = new URL(databaseUrl)
  const wire = await openWire(Number(url.port))
  url.port = String(wire.port)
  return { ...wire, url: url.href }
}
