import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { Aedes } from 'aedes'
import { afterEach, expect, test } from 'vitest'
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
