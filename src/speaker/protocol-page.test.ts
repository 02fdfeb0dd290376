import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hashOf, open, seal } from '../platform/speakers/envelope.ts'
import { Down, LogEntry, Up } from '../platform/speakers/protocol.ts'
import * as v from 'valibot'
import { audioAuthorization } from './network/fetch-audio.ts'
import { rawKey } from './rules/raw-key.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/speaker-protocol.md'), 'utf8')
const DEVICE_ID = '3b1f6d2a-9c4e-4f70-8a55-2d9be0c1a001'
const PLAY_ID = '3b1f6d2a-9c4e-4f70-8a55-2d9be0c1a002'
const SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const MOMENT = '2026-12-01T05:00:00.000Z'

/** RFC 8032, 7.1: the secret keys of tests 1 and 2. */
const province = keyOf('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')
const device = keyOf('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')

function keyOf(seed: string) {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex') // PKCS #8 of Ed25519, RFC 8410
  return createPrivateKey({ key: Buffer.concat([prefix, Buffer.from(seed, 'hex')]), format: 'der', type: 'pkcs8' })
}

function vectors() {
  const command = { kind: 'command', id: PLAY_ID, command: 'volume', volume: 55 } as const
  const down = {
    v: 1,
    to: `d/${DEVICE_ID}`,
    seq: 7,
    issuedAt: MOMENT,
    validUntil: '2026-12-01T06:00:00.000Z',
    body: command,
  }
  // One frame of 32 kbit/s and 24 kHz.
  const audio = Buffer.from([0xff, 0xf3, 0x44, 0xc0, ...Array<number>(92).fill(0)]).toString('base64')
  const speech = { kind: 'live', playId: PLAY_ID, part: 1, last: false, seconds: 0.024, audio } as const
  const live = { ...down, to: 's/LOA-A', seq: 8, validUntil: '2026-12-01T05:00:20.000Z', body: speech }
  const first = {
    ...{ seq: 1, prev: '0'.repeat(64), at: MOMENT, clockOffMs: -1200 },
    entry: { kind: 'note', what: 'started' },
  }
  const end = {
    kind: 'end',
    playId: PLAY_ID,
    state: 'played',
    startedAt: MOMENT,
    seconds: 60.5,
    volume: 55,
    reason: '',
  }
  const second = { seq: 2, prev: hashOf(first), at: '2026-12-01T05:01:00.500Z', clockOffMs: -1200, entry: end }
  const up = {
    v: 1,
    from: DEVICE_ID,
    sentAt: '2026-12-01T05:01:01.000Z',
    body: { kind: 'log', entries: [first, second] },
  }
  return {
    provincePublicKey: rawKey(createPublicKey(province)),
    devicePublicKey: rawKey(createPublicKey(device)),
    downPayload: JSON.stringify(down),
    down: seal(down, { id: 'k1', privateKey: province }).toString(),
    livePayload: JSON.stringify(live),
    live: seal(live, { id: 'k1', privateKey: province }).toString(),
    hashOfEntry1: hashOf(first),
    hashOfEntry2: hashOf(second),
    up: seal(up, { id: DEVICE_ID, privateKey: device }).toString(),
    audioAuthorization: audioAuthorization(
      { url: '', deviceId: DEVICE_ID, privateKey: device },
      SHA256,
      Date.parse(MOMENT),
    ),
  }
}

test('the worked example of the page is what our code makes, to the byte', () => {
  const written = /```json\n([\s\S]*?)\n```/.exec(PAGE)?.[1] ?? ''
  expect(written, 'put this into docs/speaker-protocol.md').toBe(JSON.stringify(vectors(), null, 2))
})

test('what the page shows is taken by who reads it, and hashed alike after it was read', () => {
  const { down, live, up, hashOfEntry2 } = vectors()
  const taken = open(Buffer.from(down), () => createPublicKey(province), Down)
  expect(taken).toMatchObject({ keyId: 'k1', payload: { seq: 7, body: { command: 'volume' } } })
  const spoken = open(Buffer.from(live), () => createPublicKey(province), Down)
  expect(spoken).toMatchObject({ payload: { to: 's/LOA-A', body: { kind: 'live', part: 1, seconds: 0.024 } } })
  const said = open(Buffer.from(up), () => createPublicKey(device), Up)
  const entries = 'payload' in said && said.payload.body.kind === 'log' ? said.payload.body.entries : []
  expect(entries.map((entry) => hashOf(v.parse(LogEntry, entry)))[1]).toBe(hashOfEntry2)
})

test('a signature is over the context, a zero byte and the bytes of the payload', () => {
  const { down, downPayload } = vectors()
  const { p, s } = JSON.parse(down) as { p: string; s: string }
  expect(Buffer.from(p, 'base64url').toString()).toBe(downPayload)
  const byHand = sign(null, Buffer.from(`loa-speaker-v1\0${downPayload}`), province)
  expect(s).toBe(byHand.toString('base64url'))
})
