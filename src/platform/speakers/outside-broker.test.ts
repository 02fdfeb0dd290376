import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { Aedes } from 'aedes'
import { connectAsync } from 'mqtt'
import { expect, test } from 'vitest'
import { openOutsideBroker } from './outside-broker.ts'
import { topics } from './protocol.ts'

const DEVICE = '3b1f6d2a-9c4e-4f70-8a55-2d9be0c1a001'

test(
  'a broker that speaks 3.1.1 alone is spoken with in 3.1.1, as RabbitMQ of Debian is',
  { timeout: 30_000 },
  async () => {
    const broker = await Aedes.createBroker()
    const server = createServer(broker.handle.bind(broker)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`
    const taken = Promise.withResolvers<string>()
    const back = Promise.withResolvers<void>()
    const plane = openOutsideBroker(url, {
      take: async (deviceId, bytes) => taken.resolve(`${deviceId} ${Buffer.from(bytes).toString()}`),
      ready() {},
      gone() {},
      anew: back.resolve,
      forbidden() {},
    })
    try {
      await back.promise
      const device = await connectAsync(url, { protocolVersion: 4 })
      await device.publishAsync(topics.up(DEVICE), 'nghe rõ', { qos: 1 })
      expect(await taken.promise).toBe(`${DEVICE} nghe rõ`)
      await device.endAsync()
    } finally {
      await plane.close()
      await new Promise((closed) => broker.close(() => server.close(closed)))
    }
  },
)
