import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Ctx } from '../core/kernel/index.ts'
import { organisationHierarchy } from '../core/organisation/index.ts'
import {
  commandsOf,
  faultsOf,
  importStations,
  piecesOf,
  sendCommand,
  speakerKeys,
  stationByCode,
  statesOf,
  touchStation,
} from '../core/station/index.ts'
import { topics } from '../platform/speakers/protocol.ts'
import { openTestDatabase, testCtx, type TestDatabase } from '../testing/index.ts'
import { emergency, lastPart } from './played-programme.build.ts'
import { believing, enrolPlayed, played, sentAtOf, type PlayedSpeaker } from './played-speaker.build.ts'
import { BROKERS, hubGround, NOT_TRIED, type HubGround } from './speaker-hub-ground.build.ts'
import type { HubEmergency } from './speaker-hub-port.ts'
import { signed } from './speaker-hub-sign.ts'
import { stationWith } from './stations.build.ts'

let database: TestDatabase
let ctx: Ctx
let hoursOn = 0
let believes: (keyId: string) => KeyObject | null
beforeAll(async () => {
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, {
    hierarchy: organisationHierarchy,
    clock: { now: () => new Date(Date.now() + hoursOn * 3_600_000) },
  })
  const rows = ['A', 'B'].flatMap((letter) => stationWith(`LOA-${letter}`, 12))
  await importStations(ctx, { rows })
  believes = await believing(ctx)
})
afterAll(() => database.close())

const stationOfCode = async (code: string) => (await stationByCode(ctx.db, code))!
const touch = async (code: string) => touchStation(ctx.db, (await stationOfCode(code)).id)
const faults = async (device: PlayedSpeaker) =>
  (await faultsOf(ctx.db, (await stationOfCode(device.stationCode)).id))
    .filter(({ deviceId }) => deviceId === device.id)
    .map(({ kind, detail }) => `${kind}: ${detail}`)

let nextDevice = 0
/** Another device of a station that has not enrolled before. */
const enrolNext = (station: string) => {
  nextDevice += 1
  return enrolPlayed(ctx, `TB-${station}-${String(nextDevice).padStart(3, '0')}`)
}

test.for(NOT_TRIED)('the hub is not tried everywhere: %s', (_why, { skip }) => skip())

describe.each(BROKERS)('the hub over %s', (_name, kind) => {
  let at: HubGround
  let device: PlayedSpeaker
  beforeAll(async () => {
    device = await enrolNext('LOA-A')
    at = await hubGround(ctx, database, kind)
    await vi.waitFor(() => device.connect(at.port, believes), { timeout: 20_000 })
  })
  afterAll(() => at.close())

  test('a device finds the schedule of its station, signed, and the next one when it has changed', async () => {
    const first = await device.hears('schedule')
    expect(first).toMatchObject({ to: 's/LOA-A', body: { plays: [], volume: 80, chime: true, keys: [{}] } })
    await touch('LOA-A')
    const { scheduleVersion } = await stationOfCode('LOA-A')
    const next = await device.hears('schedule', ({ version }) => version === scheduleVersion)
    expect(next.seq).toBeGreaterThan(first.seq)
  })

  test('what a device has played is kept once, with its proof, and answered only then', async () => {
    const entries = device.write({ kind: 'note', what: 'started' }, played(), played())
    await device.say({ kind: 'log', entries })
    await device.hears('logged', ({ seq }) => seq === 3)
    await device.say({ kind: 'log', entries: device.log })
    await vi.waitFor(() => expect(device.heard.filter(({ body }) => body.kind === 'logged')).toHaveLength(2), 20_000)
    expect(at.programme.ends.filter(({ deviceId }) => deviceId === device.id)).toMatchObject([
      { seq: 2, state: 'played', seconds: 30 },
      { seq: 3, state: 'played' },
    ])
    const pieces = await piecesOf(ctx.db, device.id)
    expect(pieces).toMatchObject([{ firstSeq: 1, lastSeq: 3 }])
    expect(pieces[0]?.envelope).toBe(device.sealed({ kind: 'log', entries }, sentAtOf(pieces[0]!.envelope)).toString())
  })

  test('a live part is heard by the devices of its station who are here, and kept for nobody', async () => {
    const bytes = await signed(ctx, lastPart('LOA-A'), (await speakerKeys(ctx)).signing)
    await at.hub.broker.publish(topics.live('LOA-A'), bytes, { retain: false, fleeting: true })
    expect(await device.hears('live')).toMatchObject({ to: 's/LOA-A' })
    device.topics.clear()
    await vi.waitFor(() => device.connect(at.port, believes), 20_000)
    await vi.waitFor(() => expect([...device.topics.keys()]).toEqual([topics.station('LOA-A')]), 20_000)
  })

  test('says the time to whoever asks, and keeps the newest that a device says of itself', async () => {
    await device.say({ kind: 'ask_time', asked: 'nonce-1' })
    expect((await device.hears('time')).body).toMatchObject({ asked: 'nonce-1' })
    await device.say(device.beat({ clockOffMs: -90_000, faults: ['sound_fault'], scheduleVersion: 7 }))
    const { id } = await stationOfCode('LOA-A')
    await vi.waitFor(async () => {
      expect((await statesOf(ctx.db, id)).get(device.id)).toMatchObject({
        ...{ clockOffMs: -90_000, faults: ['sound_fault'], scheduleVersion: 7 },
      })
    }, 20_000)
    const longAgo = new Date(Date.now() - 3_600_000)
    await device.say(device.beat({ scheduleVersion: 9 }), longAgo)
    await device.say({ kind: 'ask_time', asked: 'nonce-2' })
    await device.hears('time', ({ asked }) => asked === 'nonce-2')
    await at.hub.settled()
    expect((await statesOf(ctx.db, id)).get(device.id)?.scheduleVersion, 'an old one was sent again').toBe(7)
  })

  test('an emergency stands until it is over, also for whoever comes later', async () => {
    const lists = (...ones: HubEmergency[]) =>
      device.hears(
        'emergency',
        ({ plays }) => plays.map(({ playId }) => playId).join() === ones.map(({ playId }) => playId).join(),
      )
    const stand = async (...ones: HubEmergency[]) => {
      at.programme.emergencies = ones
      await touch('LOA-A')
      await lists(...ones)
    }
    const [first, second] = [emergency(), emergency()]
    await stand(first)
    await stand(first, second)
    await stand(second)
    // Taken back before it is over: it is said so, and stands for whoever still holds it.
    await stand()
    hoursOn = 2
    await at.hub.settled()
    await vi.waitFor(() => expect(device.topics.get(topics.emergency('LOA-A'))).toBeNull(), 20_000)
    hoursOn = 0
  })

  test('who holds less than stands, or comes back to a warning, is told by its own topic: the very same, and not each time', async () => {
    const own = () => device.topics.get(topics.device(device.id))
    const warning = emergency(2 * 3_600_000)
    at.programme.emergencies = [warning]
    await touch('LOA-A')
    await at.hub.settled()
    const { scheduleVersion } = await stationOfCode('LOA-A')
    const [schedule, told] = [
      await device.hears('schedule', ({ version }) => version === scheduleVersion),
      await device.hears('emergency', ({ plays }) => plays[0]?.playId === warning.playId),
    ]
    device.topics.clear()
    await device.say(device.beat({ scheduleVersion: 0 }))
    await device.say({ kind: 'ask_time', asked: 'on its way' })
    await device.hears('time', ({ asked }) => asked === 'on its way')
    expect(own()?.body.kind, 'it may still be on its way').toBe('time')
    hoursOn = 1
    await device.say({ kind: 'ask_time', asked: 'back' })
    await vi.waitFor(
      () =>
        expect(
          device.heard.filter(({ seq, body }) => body.kind === 'emergency' && seq === told.seq).length,
        ).toBeGreaterThan(1),
      20_000,
    )
    const times = () => device.heard.filter(({ seq, body }) => body.kind === 'schedule' && seq === schedule.seq).length
    const before = times()
    await device.say(device.beat({ scheduleVersion: 0 }))
    await vi.waitFor(() => expect(times()).toBe(before + 1), 20_000)
    await device.say(device.beat({ scheduleVersion: 0 }))
    await device.say({ kind: 'ask_time', asked: 'again' })
    await device.hears('time', ({ asked }) => asked === 'again')
    expect(times(), 'it has just been told').toBe(before + 1)
    at.programme.emergencies = []
    hoursOn = 3
    await touch('LOA-A')
    await vi.waitFor(() => expect(device.topics.get(topics.emergency('LOA-A'))).toBeNull(), 20_000)
    hoursOn = 0
  })

  test('a command is said once, and what the device answers closes it', async () => {
    const { id: stationId } = await stationOfCode('LOA-A')
    expect(await sendCommand(ctx, { stationId, deviceIds: [device.id], kind: 'volume', volume: 40 })).toBe(1)
    const { body } = await device.hears('command')
    expect(body).toMatchObject({ command: 'volume', volume: 40 })
    if (body.kind !== 'command') throw new Error('no command')
    await device.say({ kind: 'log', entries: device.write({ kind: 'command', id: body.id, answer: 'done' }) })
    await vi.waitFor(async () => {
      expect(await commandsOf(ctx.db, device.id, 5)).toMatchObject([{ id: body.id, answer: 'done' }])
    }, 20_000)
    await at.hub.settled()
    expect(device.heard.filter((one) => one.body.kind === 'command')).toHaveLength(1)
  })

  test('with an account of its own a hostile client hears and writes nothing but what is its own', async () => {
    const foe = await enrolNext('LOA-B')
    await at.admitAll()
    const [got, came]: [string[], string[]] = [[], []]
    device.client!.on('message', (topic, bytes) => came.push(`${topic} ${bytes.toString().slice(0, 4)}`))
    const tries = async (does: (client: MqttClient) => void, change: IClientOptions = {}) => {
      const { id: clientId, password } = foe
      const own = { clientId, username: clientId, password, protocolVersion: 4 as const, reconnectPeriod: 0 }
      const client = connect(`mqtt://127.0.0.1:${at.port}`, { ...own, ...change })
      client.on('error', () => {}).on('message', (topic) => got.push(topic))
      const isLetIn = await new Promise<boolean>((resolve) => {
        client.once('connect', () => resolve(true)).once('close', () => resolve(false))
      })
      if (isLetIn) does(client)
      return { client, isLetIn }
    }
    expect((await tries(() => {}, { password: 'guess' })).isLetIn).toBe(false)
    await vi.waitFor(() => foe.connect(at.port, believes), { timeout: 20_000, interval: 100 })
    foe.client!.end(true)
    const heard = ['#', 'loa/v1/#', 'loa/v1/s/+/schedule', topics.station('LOA-A'), topics.device(device.id)]
    const written = [topics.emergency('LOA-A'), topics.up(device.id), topics.device(device.id), topics.station('LOA-B')]
    const clients: MqttClient[] = []
    // One after the other: a name is in but once, and a broker may end the connection of who reaches too far.
    for (const topic of [...heard, topics.up(device.id)]) {
      const { client } = await tries((one) => one.subscribe(topic, { qos: 1 }, () => {}))
      await touch('LOA-A')
      await at.hub.settled()
      clients.push(client)
    }
    for (const topic of written) {
      const { client } = await tries((one) => one.publish(topic, 'evil', { qos: 1, retain: true }, () => {}))
      clients.push(client)
    }
    const { scheduleVersion } = await stationOfCode('LOA-A')
    await touch('LOA-A')
    await device.hears('schedule', ({ version }) => version > scheduleVersion)
    await at.hub.settled()
    for (const client of clients) client.end(true)
    // Some grant a wildcard, and hand over what of it is one's own.
    const own = [topics.station, topics.emergency, topics.live].map((of) => of('LOA-B'))
    expect(got.filter((topic) => ![...own, topics.device(foe.id)].includes(topic))).toEqual([])
    expect(came.filter((one) => one.endsWith('evil'))).toEqual([])
    expect(await faults(device), 'nothing came under its name').not.toContainEqual(expect.stringMatching(/malformed/))
  })

  test('a message of another key, of another device or with other bytes is believed in nothing', async () => {
    const other = generateKeyPairSync('ed25519').privateKey
    const body = device.beat({ scheduleVersion: 666 })
    const stolen = device.sealed(body, new Date(), other)
    const altered = Buffer.from(
      device
        .sealed(body)
        .toString()
        .replace(/"s":"(.)/, (_all, one) => `"s":"${one === 'A' ? 'B' : 'A'}`),
    )
    for (const bytes of [stolen, altered, Buffer.from('{}'), Buffer.from([0xff, 0x00])])
      await device.client!.publishAsync(topics.up(device.id), bytes, { qos: 1 })
    await vi.waitFor(async () => {
      await at.hub.settled()
      expect(await faults(device)).toContainEqual(expect.stringMatching(/^forged: (forged|malformed)/))
    }, 20_000)
    const states = await statesOf(ctx.db, (await stationOfCode('LOA-A')).id)
    expect(states.get(device.id)?.scheduleVersion).not.toBe(666)
  })

  test('a log with a gap waits for what is missing; one that contradicts itself stands as a fault', async () => {
    const missing = device.write(played())
    const after = device.write(played())
    const kept = missing[0]!.seq - 1
    device.heard.length = 0
    await device.say({ kind: 'log', entries: after })
    await device.hears('logged', ({ seq }) => seq === kept)
    expect(await faults(device)).toContainEqual(`gap: entry ${kept + 2} after ${kept}`)
    await device.say({ kind: 'log', entries: [...missing, ...after] })
    await device.hears('logged', ({ seq }) => seq === kept + 2)
    expect((await faults(device)).filter((one) => one.startsWith('gap'))).toEqual([])
    const endsBefore = at.programme.ends.length
    await device.say({ kind: 'log', entries: [{ ...after[0]!, entry: played() }] })
    await vi.waitFor(async () => {
      expect(await faults(device)).toContainEqual(expect.stringMatching(/^fork/))
    }, 20_000)
    expect(at.programme.ends).toHaveLength(endsBefore)
  })

  test('a broker or a hub that starts again has everything to say that stands', async () => {
    const { scheduleVersion } = await stationOfCode('LOA-A')
    device.client!.end(true)
    if (at.mosquitto) {
      await at.mosquitto.kill()
      await touch('LOA-A')
      await at.mosquitto.start()
    } else {
      const restarted = at.restartHub()
      await touch('LOA-A')
      await restarted
    }
    device.heard.length = 0
    await vi.waitFor(() => device.connect(at.port, believes), { timeout: 20_000, interval: 100 })
    await device.hears('schedule', ({ version }) => version > scheduleVersion)
    await device.say({ kind: 'log', entries: device.write(played()) })
    await device.hears('logged', ({ seq }) => seq === device.log.length)
  })
})
