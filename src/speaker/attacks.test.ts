import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { rawKey } from './rules/raw-key.ts'
import type { SimulatedDevice } from './simulated-device.build.ts'
import { iso } from './simulated-province.build.ts'
import { emergencyOf, MORNING_MS, partOf, scheduleOf, STATION, Village, warningOf } from './village.build.ts'

const stranger = { id: 'k1', privateKey: generateKeyPairSync('ed25519').privateKey }

/** What a hostile broker could put before a device. */
const ATTACKS: readonly {
  readonly name: string
  readonly refused: string
  readonly message: (village: Village, device: SimulatedDevice) => Buffer
}[] = [
  {
    name: 'a warning that a stranger signed under the name of our key',
    refused: 'message: forged',
    message: ({ province }) => province.down(`s/${STATION}`, warningOf(emergencyOf()), { key: stranger }),
  },
  {
    name: 'a warning under a key that is not known',
    refused: 'message: unknown_key',
    message: ({ province }) =>
      province.down(`s/${STATION}`, warningOf(emergencyOf()), { key: { ...stranger, id: 'k9' } }),
  },
  {
    name: 'a warning of which one letter was altered',
    refused: 'message: forged',
    message({ province }) {
      const envelope = JSON.parse(province.down(`s/${STATION}`, warningOf(emergencyOf())).toString()) as { p: string }
      const payload = Buffer.from(envelope.p, 'base64url').toString().replace('Bản tin', 'Bản tim')
      return Buffer.from(JSON.stringify({ ...envelope, p: Buffer.from(payload).toString('base64url') }))
    },
  },
  {
    name: 'a warning without a signature',
    refused: 'message: malformed',
    message({ province }) {
      const { p, k } = JSON.parse(province.down(`s/${STATION}`, warningOf(emergencyOf())).toString()) as {
        p: string
        k: string
      }
      return Buffer.from(JSON.stringify({ p, k }))
    },
  },
  {
    name: 'a warning whose signature is empty',
    refused: 'message: forged',
    message({ province }) {
      const envelope = JSON.parse(province.down(`s/${STATION}`, warningOf(emergencyOf())).toString()) as object
      return Buffer.from(JSON.stringify({ ...envelope, s: '' }))
    },
  },
  {
    name: 'a warning for another station',
    refused: 'emergency: foreign',
    message: ({ province }) => province.down('s/YH-02', warningOf(emergencyOf())),
  },
  {
    name: 'a warning for the station that names the device as its end',
    refused: 'emergency: foreign',
    message: ({ province }, { identity }) => province.down(`d/${identity.deviceId}`, warningOf(emergencyOf())),
  },
  {
    name: 'a command for another device',
    refused: 'command: foreign',
    message: ({ province }) =>
      province.down(`d/${randomUUID()}`, { kind: 'command', id: randomUUID(), command: 'test_tone' }),
  },
  {
    name: 'a command that is for a whole station',
    refused: 'command: foreign',
    message: ({ province }) =>
      province.down(`s/${STATION}`, { kind: 'command', id: randomUUID(), command: 'test_tone' }),
  },
  {
    name: 'a warning that is over',
    refused: 'emergency: expired',
    message: ({ province }) =>
      province.down(`s/${STATION}`, warningOf(emergencyOf()), { validUntilMs: MORNING_MS - 1 }),
  },
  {
    name: 'a speech that a stranger signed',
    refused: 'message: forged',
    message: ({ province }) => province.down(`s/${STATION}`, partOf(randomUUID(), 1), { key: stranger }),
  },
  {
    name: 'a speech of which the sound was altered',
    refused: 'message: forged',
    message({ province }) {
      const envelope = JSON.parse(province.down(`s/${STATION}`, partOf(randomUUID(), 1)).toString()) as { p: string }
      const payload = Buffer.from(envelope.p, 'base64url').toString().replace('"audio":"//', '"audio":"/+')
      return Buffer.from(JSON.stringify({ ...envelope, p: Buffer.from(payload).toString('base64url') }))
    },
  },
  {
    name: 'a speech for another station',
    refused: 'live: foreign',
    message: ({ province }) => province.down('s/YH-02', partOf(randomUUID(), 1)),
  },
  {
    name: 'a speech that somebody kept for a minute',
    refused: 'live: expired',
    message: ({ province }) => province.down(`s/${STATION}`, partOf(randomUUID(), 1), { validUntilMs: MORNING_MS - 1 }),
  },
  {
    name: 'a speech of bytes that are no sound',
    refused: 'live: not_mp3',
    message: ({ province }) =>
      province.down(`s/${STATION}`, partOf(randomUUID(), 1, { audio: Buffer.alloc(9_000, 7).toString('base64') })),
  },
  {
    name: 'a speech that says it is shorter than its sound',
    refused: 'live: not_mp3',
    message: ({ province }) => province.down(`s/${STATION}`, partOf(randomUUID(), 1, { seconds: 0.5 })),
  },
  {
    name: 'a part of a speech of a minute',
    refused: 'message: malformed',
    message: ({ province }) => province.down(`s/${STATION}`, partOf(randomUUID(), 1, { seconds: 60 })),
  },
  {
    name: 'a message of five megabytes',
    refused: 'message: too_large',
    message: () => Buffer.alloc(5_000_000, 0x20),
  },
  {
    name: 'bytes that are no message at all',
    refused: 'message: malformed',
    message: () => Buffer.from([0, 1, 2, 3, 0xff]),
  },
  {
    name: 'what is signed by the province, but as a command that there is not',
    refused: 'message: malformed',
    message: ({ province }, { identity }) =>
      province.down(`d/${identity.deviceId}`, { kind: 'command', id: randomUUID(), command: 'shout' as 'stop' }),
  },
  {
    name: 'an answer for the time that nobody asked for',
    refused: 'time: not_asked',
    message: ({ province }, { identity }) =>
      province.down(`d/${identity.deviceId}`, {
        kind: 'time',
        asked: 'mine',
        now: new Date(MORNING_MS + 600_000).toISOString(),
      }),
  },
]

describe('is refused, written down, and nothing plays:', () => {
  test.each(ATTACKS)('$name', ({ message, refused }) => {
    const village = new Village()
    const device = village.addReadyDevice()
    device.receive(message(village, device))
    village.pass(1_200)
    expect(device.heard).toEqual([])
    expect(village.province.refusalsOf(device.identity.deviceId)).toEqual([refused])
    expect(village.province.wrong).toEqual([])
  })
})

test('an older schedule that is sent again does not come back, nor one of the same number with other words', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const first = village.send(scheduleOf([{ at: 600 }]).body)
  village.pass(5)
  village.send(scheduleOf([]).body)
  village.pass(5)
  device.receive(first)
  device.receive(village.province.down(`s/${STATION}`, scheduleOf([{ at: 700 }]).body, { seq: 2 }))
  village.pass(1_800)
  expect(device.heard).toEqual([])
  const refusals = village.province.refusalsOf(device.identity.deviceId)
  expect(refusals).toEqual(['schedule: replayed', 'schedule: replayed'])
})

test('a speech that somebody sends again sounds no second time, nor do its parts under another order', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const playId = randomUUID()
  const parts = [1, 2, 3].map((part) => {
    const message = village.speak(partOf(playId, part, { last: part === 3 }))
    village.pass(2)
    return message
  })
  village.pass(5)
  device.receive(parts[2]!)
  device.receive(parts[0]!)
  device.powerOff()
  device.powerOn()
  village.connect(device)
  village.pass(5)
  device.receive(parts[1]!)
  village.pass(60)
  expect(device.heard).toHaveLength(1)
  expect(village.province.refusalsOf(device.identity.deviceId)).toEqual(['live: replayed', 'live: replayed'])
})

test('a command that is sent again after the device was off is not obeyed again', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const { deviceId } = device.identity
  const tone = village.province.down(`d/${deviceId}`, { kind: 'command', id: randomUUID(), command: 'test_tone' })
  device.receive(tone)
  village.pass(10)
  device.powerOff()
  device.powerOn()
  village.connect(device)
  village.pass(10)
  village.command(device, 'volume', 50)
  village.pass(10)
  device.receive(tone)
  village.pass(10)
  expect(device.heard).toHaveLength(1)
  expect(village.province.refusalsOf(deviceId)).toEqual(['command: replayed'])
})

test('what the broker keeps and brings at each connection is no replay', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  village.send(scheduleOf([{ at: 600 }]).body)
  for (let times = 0; times < 5; times += 1) {
    village.pass(30)
    device.disconnect()
    village.connect(device)
  }
  village.pass(900)
  expect(village.province.refusalsOf(device.identity.deviceId)).toEqual([])
  expect(device.heard).toHaveLength(1)
})

test('who writes a schedule of their own on the card of the device changes nothing', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const forged = village.province.down(`s/${STATION}`, scheduleOf([{ at: 600 }]).body, { key: stranger })
  const warning = village.province.down(`s/${STATION}`, warningOf(emergencyOf()), { key: stranger })
  device.powerOff()
  device.disk.revive()
  device.disk.keep('schedule', forged.toString())
  device.disk.keep('emergencies', warning.toString())
  device.powerOn()
  village.pass(1_200)
  expect(device.heard).toEqual([])
})

test('a flood of forgeries does not fill the log: some are written, of the others how many, and plays go on', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const { body, ids } = scheduleOf([{ at: 600 }])
  village.send(body)
  const forged = village.province.down(`s/${STATION}`, warningOf(emergencyOf()), { key: stranger })
  for (let second = 0; second < 1_800; second += 1) {
    device.receive(forged)
    village.pass(1)
  }
  village.pass(600)
  const refusals = village.province.refusalsOf(device.identity.deviceId)
  expect(refusals.length).toBeLessThan(25)
  const counted = refusals.map((words) => Number(/^flood: (\d+) more$/.exec(words)?.[1] ?? 1))
  expect(counted.reduce((sum, count) => sum + count, 0)).toBe(1_800)
  expect(village.province.endsOf(device.identity.deviceId)).toMatchObject([{ playId: ids[0], state: 'played' }])
})

test('a key that the province has announced is believed beside the old one, and the old one from its end on in nothing', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const next = { id: 'k2', ...generateKeyPairSync('ed25519') }
  const to = `s/${STATION}`
  const say = (key: typeof next | undefined) =>
    device.receive(village.province.down(to, warningOf(emergencyOf()), { key }))
  say(next)
  village.pass(60)
  expect(device.heard, 'before it was announced').toEqual([])
  const { keyId, publicKey } = village.province
  const keys = [
    { id: keyId, publicKey: rawKey(publicKey), until: iso(MORNING_MS + 3_600_000) },
    { id: next.id, publicKey: rawKey(next.publicKey) },
  ]
  village.send(scheduleOf([], { keys }).body)
  village.pass(60)
  say(next)
  village.pass(60)
  say(undefined)
  village.pass(60)
  device.powerOff()
  device.powerOn()
  village.connect(device)
  village.pass(3_600)
  say(undefined)
  village.pass(60)
  say(next)
  village.pass(60)
  expect(device.heard).toHaveLength(3)
  const refusals = village.province.refusalsOf(device.identity.deviceId)
  expect(refusals.filter((words) => words === 'message: unknown_key').length).toBeGreaterThanOrEqual(2)
})
