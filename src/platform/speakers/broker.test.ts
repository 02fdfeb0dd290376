import { randomUUID } from 'node:crypto'
import { connect as connectSocket } from 'node:net'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openBroker, type Broker } from './broker.ts'
import { topics } from './protocol.ts'

const [MINE, OTHERS, GONE] = [randomUUID(), randomUUID(), randomUUID()]
const ACCOUNTS = new Map<string, { readonly password: string; readonly code: string | null }>([
  [MINE, { password: 'mine', code: 'LOA-1' }],
  [OTHERS, { password: 'others', code: 'LOA-2' }],
  // It was revoked.
  [GONE, { password: 'gone', code: null }],
])

let broker: Broker
let hasty: Broker
const taken: (readonly [string, string])[] = []
const forbidden: (readonly [string, string])[] = []
const ready: string[] = []
let settles: () => Promise<void> = async () => {}
const clients: MqttClient[] = []

const openFor = (revokedStayMs: number) =>
  openBroker({
    port: 0,
    host: '127.0.0.1',
    portIsFixed: false,
    tls: null,
    mostConnections: 20,
    revokedStayMs,
    door: {
      async admit(id, password) {
        const account = ACCOUNTS.get(id)
        return account?.password === password ? account : null
      },
    },
    ears: {
      async take(id, bytes) {
        await settles()
        taken.push([id, Buffer.from(bytes).toString()])
      },
      ready: (id) => ready.push(id),
      gone() {},
      anew() {},
      forbidden: (id, what) => forbidden.push([id, what]),
    },
  })
beforeAll(async () => {
  broker = await openFor(600_000)
  hasty = await openFor(50)
})
afterAll(async () => {
  for (const client of clients) client.end(true)
  await broker.close()
  await hasty.close()
})

async function enter(id = MINE, change: IClientOptions = {}): Promise<MqttClient> {
  const client = connect(`mqtt://127.0.0.1:${broker.port}`, {
    ...{ protocolVersion: 4, clientId: id, username: id, password: ACCOUNTS.get(id)?.password, reconnectPeriod: 0 },
    ...change,
  })
  clients.push(client)
  client.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve())
    client.once('error', reject)
    client.once('close', () => reject(new Error('not let in')))
  })
  return client
}

const isCut = (client: MqttClient) => vi.waitFor(() => expect(client.connected).toBe(false), 20_000)
const granted = async (client: MqttClient, topic: string) =>
  client.subscribeAsync(topic, { qos: 1 }).then(
    ([grant]) => Number(grant?.qos) < 128,
    () => false,
  )

describe('the broker lets in', () => {
  test.each<[string, IClientOptions]>([
    ['nobody with a wrong password', { password: 'guess' }],
    ['nobody without one', { password: undefined, username: undefined }],
    ['nobody under the name of another', { clientId: OTHERS }],
    ['nobody whom it does not know', { clientId: 'x', username: 'x' }],
    [
      'nobody who leaves a will',
      { will: { topic: topics.up(MINE), payload: Buffer.from('x'), qos: 0, retain: false } },
    ],
    ['nobody who sends a password of a thousand letters', { password: 'x'.repeat(2_000) }],
    ['nobody who would be silent for ever', { keepalive: 0 }],
  ])('%s', async (_who, change) => {
    await expect(enter(MINE, change)).rejects.toThrow(/not let in|refused/)
  })

  test('whoever says who it is, and keeps a place of its own against whoever comes as another', async () => {
    const client = await enter()
    await expect(enter(OTHERS, { clientId: MINE })).rejects.toThrow(/not let in|refused/)
    expect(client.connected).toBe(true)
    expect(broker.connected()).toBeGreaterThan(0)
  })

  test('no more than it has places for', async () => {
    const sockets = Array.from({ length: 40 }, () => connectSocket(broker.port, '127.0.0.1').on('error', () => {}))
    try {
      await vi.waitFor(() => expect(sockets.filter(({ closed }) => closed).length).toBeGreaterThanOrEqual(20), 20_000)
    } finally {
      for (const socket of sockets) socket.destroy()
    }
    await vi.waitFor(() => enter(), 20_000)
  })
})

describe('a device that is in', () => {
  test('hears its own four topics by their names, and no others', async () => {
    const client = await enter()
    for (const topic of [topics.station('LOA-1'), topics.emergency('LOA-1'), topics.live('LOA-1'), topics.device(MINE)])
      expect(await granted(client, topic), topic).toBe(true)
    const foreign = [
      topics.station('LOA-2'),
      topics.live('LOA-2'),
      topics.device(OTHERS),
      topics.up(OTHERS),
      topics.up(MINE),
      '#',
      '+/#',
      '$SYS/#',
    ]
    const wild = ['loa/v1/s/+/schedule', `loa/v1/d/${MINE}/#`, `loa/v1/d/+/down`, `$share/x/${topics.device(OTHERS)}`]
    for (const topic of [...foreign, ...wild]) expect(await granted(client, topic), topic).toBe(false)
    expect(forbidden).toContainEqual([MINE, 'subscribe'])
  })

  test.each([
    ['another’s log', topics.up(OTHERS), {}],
    ['a schedule', topics.station('LOA-1'), {}],
    ['orders to itself', topics.device(MINE), {}],
    ['what is to be kept', topics.up(MINE), { retain: true }],
    ['what needs a long talk', topics.up(MINE), { qos: 2 as const }],
  ])('is cut when it writes %s', async (_what, topic, options) => {
    const client = await enter()
    const before = taken.length
    client.publish(topic, 'hostile', options)
    await isCut(client)
    expect(taken).toHaveLength(before)
    expect(forbidden.at(-1)?.[0]).toBe(MINE)
  })

  test('is cut at the head of a packet that is too large, and for a flood', async () => {
    const large = await enter()
    large.publish(topics.up(MINE), Buffer.alloc(2_000_000), { qos: 1 })
    await isCut(large)
    const flooding = await enter()
    for (let count = 0; count < 5_000; count += 1) flooding.publish(topics.up(MINE), `${count}`, { qos: 0 })
    await isCut(flooding)
    expect(taken.length).toBeLessThan(5_000)
    expect(forbidden.filter(([, what]) => what === 'flood')).toHaveLength(2)
    expect((await enter()).connected, 'it may come back').toBe(true)
  })

  test('is told that it was heard only when what it said is settled', async () => {
    const client = await enter()
    const asked = Promise.withResolvers<undefined>()
    const settled = Promise.withResolvers<undefined>()
    settles = async () => {
      asked.resolve(undefined)
      await settled.promise
    }
    let acknowledged = false
    const said = client.publishAsync(topics.up(MINE), 'kept', { qos: 1 }).then(() => (acknowledged = true))
    await asked.promise
    await client.subscribeAsync(topics.device(MINE))
    expect(acknowledged).toBe(false)
    settles = async () => {}
    settled.resolve(undefined)
    await said
    expect(taken.at(-1)).toEqual([MINE, 'kept'])
  })

  test('is dropped when what it said could not be kept, and hears nothing of a message for others', async () => {
    const client = await enter()
    settles = () => Promise.reject(new Error('no room'))
    client.publish(topics.up(MINE), 'lost', { qos: 1 })
    await isCut(client)
    settles = async () => {}
  })

  test('finds what is retained, hears what is said to it, and is cut when it is told to go', async () => {
    await broker.publish(topics.station('LOA-1'), Buffer.from('schedule 1'), { retain: true })
    const client = await enter()
    const heard: string[] = []
    client.on('message', (topic, bytes) => heard.push(`${topic.split('/').at(-1)}: ${bytes.toString()}`))
    await client.subscribeAsync([topics.station('LOA-1'), topics.device(MINE)], { qos: 1 })
    await broker.publish(topics.device(MINE), Buffer.from('do'), { retain: false })
    await broker.publish(topics.station('LOA-2'), Buffer.from('foreign'), { retain: true })
    await vi.waitFor(() => expect(heard).toEqual(['schedule: schedule 1', 'down: do']), 20_000)
    broker.cut(MINE)
    await isCut(client)
  })
})

describe('one that was revoked', () => {
  test('hears its own topic and nothing else, is taken in nothing, and none of it is an alarm', async () => {
    await broker.publish(topics.station('LOA-1'), Buffer.from('schedule 1'), { retain: true })
    const before = { taken: [...taken], forbidden: [...forbidden] }
    const [client, stays] = [await enter(GONE), await enter(OTHERS)]
    const heard: string[] = []
    client.on('message', (topic, bytes) => heard.push(`${topic}: ${bytes.toString()}`))
    const ofCode = [topics.station, topics.emergency, topics.live, topics.showings]
    const foreign = ['LOA-1', '', 'null'].flatMap((code) => ofCode.map((of) => of(code)))
    for (const topic of [...foreign, topics.device(MINE), topics.up(GONE), '#', `loa/v1/d/${GONE}/#`, '$SYS/#'])
      expect(await granted(client, topic), topic).toBe(false)
    expect(await granted(client, topics.device(GONE))).toBe(true)
    expect(ready).toContain(GONE)
    await client.publishAsync(topics.up(GONE), 'I am here', { qos: 1 })
    await broker.publish(topics.live('LOA-1'), Buffer.from('speech'), { retain: false, fleeting: true })
    await broker.publish(topics.device(GONE), Buffer.from('revoked'), { retain: false })
    await vi.waitFor(() => expect(heard).toEqual([`${topics.device(GONE)}: revoked`]), 20_000)
    await vi.waitFor(() => expect(broker.connected(), 'it takes no seat').toBe(1), 20_000)
    broker.cut(GONE)
    await isCut(client)
    expect(stays.connected).toBe(true)
    expect({ taken, forbidden }).toEqual(before)
  })

  test.each([
    ['a schedule', topics.station('LOA-1'), {}],
    ['the log of another', topics.up(MINE), {}],
    ['orders to itself', topics.device(GONE), {}],
    ['what is to be kept', topics.up(GONE), { retain: true }],
    ['more than a connection may', topics.up(GONE), { qos: 1 as const }],
  ])('is cut when it writes %s, which is no alarm either', async (what, topic, options) => {
    const client = await enter(GONE)
    const before = { taken: [...taken], forbidden: [...forbidden] }
    client.publish(topic, what.startsWith('more') ? Buffer.alloc(2_000_000) : 'hostile', options)
    await isCut(client)
    expect({ taken, forbidden }).toEqual(before)
  })

  test('is put out though nobody told it to go, whether it listens or not', async () => {
    const port = { port: hasty.port }
    await isCut(await enter(GONE, port))
    const stays = await enter(MINE, port)
    const listens = await enter(GONE, port)
    await granted(listens, topics.device(GONE)).catch(() => false)
    await isCut(listens)
    expect(stays.connected).toBe(true)
  })

  test('is not let in by a password that it never had', async () => {
    await expect(enter(GONE, { password: 'guess' })).rejects.toThrow(/not let in|refused/)
    await expect(enter(GONE, { password: undefined })).rejects.toThrow(/not let in|refused/)
  })
})
