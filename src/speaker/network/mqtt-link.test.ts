import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { Aedes } from 'aedes'
import { connectAsync } from 'mqtt'
import { afterEach, expect, test } from 'vitest'
import { startMosquitto, whyNoMosquitto } from '../../platform/speakers/mosquitto.build.ts'
import { topics } from '../../platform/speakers/protocol.ts'
import { machineClock } from '../clock.ts'
import { openLink } from './mqtt-link.ts'

const deviceId = randomUUID()
const stoppers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stoppers.splice(0)) await stop()
})

/** What a device says of its link first at a broker that lets all topics be heard but one. */
async function cameOf(refused: string): Promise<string> {
  const broker = await Aedes.createBroker({
    authorizeSubscribe: (_client, asked, done) => done(null, asked.topic === refused ? null : asked),
  })
  const server = createServer((socket) => broker.handle(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { promise, resolve } = Promise.withResolvers<string>()
  const { port } = server.address() as AddressInfo
  const wish = { url: `mqtt://127.0.0.1:${port}`, username: deviceId, password: 'mine', ca: null, deviceId }
  const link = openLink(
    { ...wish, kind: 'speaker', stationCode: 'LOA-1' },
    {
      connected: () => resolve('connected'),
      disconnected() {},
      message() {},
      // A broker that does not speak MQTT 5 says so first.
      trouble: (words) => !words.includes('protocol version') && resolve(words),
    },
    machineClock(),
  )
  stoppers.push(
    () => link.close(),
    async () => server.close(),
    () => new Promise<void>((closed) => broker.close(closed)),
  )
  return promise
}

test('a broker that was set up before there were speeches lets a device go on without them', async () => {
  expect(await cameOf(topics.live('LOA-1'))).toBe('connected')
})

test('one that lets it hear nothing of its own is told of', async () => {
  expect(await cameOf(topics.device(deviceId))).toBe('the broker does not let us hear our topics')
})

test.skipIf(whyNoMosquitto !== null)(
  `over MQTT 5, what is said to it comes and what it says arrives${whyNoMosquitto ? ` (${whyNoMosquitto})` : ''}`,
  async () => {
    const mosquitto = await startMosquitto(null)
    const hub = await connectAsync(`mqtt://127.0.0.1:${mosquitto.port}`)
    stoppers.push(
      () => hub.endAsync(true),
      () => mosquitto.close(),
    )
    const said = Promise.withResolvers<string>()
    const wire = createServer((socket) => {
      socket.once('data', (hello) => said.resolve(`${hello.toString('latin1', 4, 8)} ${hello[8]}`))
      const far = connect(mosquitto.port, '127.0.0.1')
      for (const end of [socket, far]) end.on('error', () => {}) // whoever goes first may tear it
      socket.pipe(far).pipe(socket)
    }).listen(0, '127.0.0.1')
    await once(wire, 'listening')
    const { port } = wire.address() as AddressInfo
    const [came, heard] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()]
    const wish = { url: `mqtt://127.0.0.1:${port}`, username: deviceId, password: 'mine', ca: null, deviceId }
    const link = openLink(
      { ...wish, kind: 'speaker', stationCode: 'LOA-1' },
      {
        connected: came.resolve,
        disconnected() {},
        message: (bytes) => heard.resolve(Buffer.from(bytes).toString()),
        trouble: came.reject,
      },
      machineClock(),
    )
    stoppers.unshift(
      () => link.close(),
      async () => wire.close(),
    )
    await came.promise
    // The name of the protocol and its level, as they stand in the first packet (MQTT 5, 3.1.2).
    expect(await said.promise).toBe('MQTT 5')
    const up = Promise.withResolvers<string>()
    hub.on('message', (_topic, bytes) => up.resolve(bytes.toString()))
    await hub.subscribeAsync(topics.up(deviceId), { qos: 1 })
    await hub.publishAsync(topics.emergency('LOA-1'), 'lũ quét', { qos: 1 })
    expect(await heard.promise).toBe('lũ quét')
    expect(link.publish(Buffer.from('đã phát'))).toBe(true)
    expect(await up.promise).toBe('đã phát')
  },
)
