import fc from 'fast-check'
import { generate } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { frameGuard, type Allowance } from './frame-guard.ts'

const ALLOWED: Allowance = {
  firstPacket: 1_000,
  packet: 5_000,
  packets: { burst: 100, perSecond: 10 },
  bytes: { burst: 1_000_000, perSecond: 1_000 },
}
const CONNECT = generate({
  cmd: 'connect',
  clientId: 'x',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  keepalive: 9,
})
const publish = (bytes: number) =>
  generate({ cmd: 'publish', topic: 't', payload: Buffer.alloc(bytes), qos: 0, retain: false, dup: false })

/** How many packets pass, cut into chunks at the given lengths. */
function passesInChunks(stream: Buffer, lengths: readonly number[], now = () => 0): boolean {
  const guard = frameGuard(ALLOWED, now)
  let at = 0
  for (let turn = 0; at < stream.length; turn += 1) {
    const end = at + (lengths[turn % lengths.length] ?? 1)
    if (!guard.passes(stream.subarray(at, end))) return false
    at = end
  }
  return true
}

const chunks = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 9 })

describe('the guard before the broker', () => {
  test('lets pass what is small enough, however the line cuts it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4_900 }), { maxLength: 30 }), chunks, (sizes, lengths) => {
        expect(passesInChunks(Buffer.concat([CONNECT, ...sizes.map(publish)]), lengths)).toBe(true)
      }),
    )
  })

  test('stops what is too large at its head, however the line cuts it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5_001, max: 200_000 }), chunks, (size, lengths) => {
        const head = publish(size).subarray(0, 6)
        expect(passesInChunks(Buffer.concat([CONNECT, publish(10), head]), lengths)).toBe(false)
      }),
    )
  })

  test('lets whoever has not said who it is send next to nothing', () => {
    expect(passesInChunks(publish(2_000).subarray(0, 10), [3])).toBe(false)
  })

  test('stops a length that never ends', () => {
    expect(frameGuard(ALLOWED).passes(Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0x01]))).toBe(false)
  })

  test('stops a flood, and lets the same much pass when it comes slowly', () => {
    const ping = generate({ cmd: 'pingreq' })
    let seconds = 0
    const flood = Buffer.concat([CONNECT, ...Array.from({ length: 200 }, () => ping)])
    expect(passesInChunks(flood, [2])).toBe(false)
    expect(passesInChunks(flood, [2], () => (seconds += 0.2) * 1_000)).toBe(true)
  })
})
