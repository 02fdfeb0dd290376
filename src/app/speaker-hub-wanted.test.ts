import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Db, Id } from '../core/kernel/index.ts'
import { tellDevicesAhead } from '../core/station/index.ts'
import { stillClock, testCtx } from '../testing/index.ts'
import type { HubEmergency, HubProgramme } from './speaker-hub-port.ts'
import { wantedEmergency, wantedSchedule, type Wanted } from './speaker-hub-wanted.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
const ctx = testCtx({} as Db, { clock }) // nothing here asks a database
const keys = {
  signing: { id: 'k1', privateKey: generateKeyPairSync('ed25519').privateKey },
  trusted: [{ id: 'k1', publicKey: 'A'.repeat(43), until: null }],
  changesAt: null,
}
const emergencies: HubEmergency[] = []
const programme: HubProgramme = {
  scheduleOf: async () => ({ broadcasts: [], plays: [] }),
  emergenciesOf: async () => emergencies,
  endPlays: async () => 0,
}
const station = (scheduleVersion: number) => ({
  ...{ id: randomUUID() as Id<'outlet'>, code: 'LOA-A', scheduleVersion, volume: 80, volumeHours: [], chime: true },
  quiet: null,
})
/** As it stands when it was signed and the broker has it. */
const standing = ({ recipient, kind, said, validUntil, message, kept }: Wanted) => {
  const envelope = message ? 'signed' : (kept?.envelope ?? '')
  return { recipient, kind, said, envelope, issuedAt: clock.now(), validUntil, published: true }
}
const parts = (version: number, held?: ReturnType<typeof standing>) => ({
  ...{ ctx, programme, station: station(version), held, keys },
})

test('a schedule is signed at its first version, at each other, by another key and after six hours, and not in between', async () => {
  expect(await wantedSchedule(parts(0))).toBeNull()
  const first = (await wantedSchedule(parts(1)))!
  expect(first.message?.body).toMatchObject({ kind: 'schedule', version: 1 })
  expect(await wantedSchedule(parts(1, standing(first)))).toBeNull()
  expect((await wantedSchedule(parts(2, standing(first))))?.message?.body).toMatchObject({ version: 2 })
  const other = { ...keys, signing: { ...keys.signing, id: 'k2' } }
  expect(await wantedSchedule({ ...parts(1, standing(first)), keys: other })).not.toBeNull()
  const held = standing(first)
  clock.set('2026-11-24T08:00:00Z')
  expect(await wantedSchedule(parts(1, held))).not.toBeNull()
})

test('a schedule holds a day longer than devices are told of, and is said anew when they are told of more', async () => {
  const now = clock.now().getTime()
  const first = (await wantedSchedule(parts(1)))!
  expect(first.validUntil.getTime() - now).toBe(8 * 86_400_000)
  tellDevicesAhead(30)
  try {
    const next = (await wantedSchedule(parts(1, standing(first))))!
    expect(next.validUntil.getTime() - now).toBe(31 * 86_400_000)
    expect(await wantedSchedule(parts(1, standing(next)))).toBeNull()
  } finally {
    tellDevicesAhead(7)
  }
})

test('emergencies are said together while they hold, anew under a new key, taken back under the signature, and cleared once when over', async () => {
  const add = (hours: number) => {
    const validUntil = new Date(clock.now().getTime() + hours * 3_600_000)
    emergencies.push({
      playId: randomUUID(),
      broadcast: {
        ...{ id: randomUUID(), sha256: 'a'.repeat(64), bytes: 1, seconds: 1, class: 'emergency', language: 'vi' },
        ...{ title: 'Lũ', validFrom: clock.now(), validUntil },
      },
    })
  }
  const saidBy = ({ message }: Wanted) => {
    const { body } = message!
    return body.kind === 'emergency' ? body.plays.map(({ playId }) => playId) : null
  }
  const ids = () => emergencies.map(({ playId }) => playId)
  const nothing = (await wantedEmergency(parts(1)))!
  expect(standing(nothing)).toMatchObject({ envelope: '', published: true })
  add(1)
  const first = (await wantedEmergency(parts(2, standing(nothing))))!
  expect(saidBy(first)).toEqual(ids())
  const moved = (await wantedEmergency(parts(3, standing(first))))!
  expect([moved.message, moved.kept?.envelope], 'the same bytes stand on').toEqual([undefined, 'signed'])
  add(3)
  add(2)
  const third = (await wantedEmergency(parts(4, standing(moved))))!
  expect(saidBy(third)).toEqual(ids())
  expect(third.validUntil, 'as long as any of them').toEqual(emergencies[1]?.broadcast.validUntil)
  expect(await wantedEmergency(parts(4, standing(third)))).toBeNull()
  const other = { ...keys, signing: { ...keys.signing, id: 'k2' } }
  expect(saidBy((await wantedEmergency({ ...parts(4, standing(third)), keys: other }))!)).toEqual(ids())

  const taken = emergencies.splice(0)
  const back = (await wantedEmergency(parts(5, standing(third))))!
  expect([saidBy(back), back.validUntil]).toEqual([[], third.validUntil])
  expect(await wantedEmergency(parts(5, standing(back)))).toBeNull()
  expect((await wantedEmergency(parts(6, standing(back))))?.kept?.envelope).toBe('signed')
  emergencies.push(...taken)
  for (let at = 0; at < 25; at += 1) add(3)
  const many = (await wantedEmergency(parts(7, standing(back))))!
  expect(saidBy(many), 'the newest of them').toEqual(ids().slice(-20))
  const held = standing(many)
  clock.set('2026-11-25T08:00:00Z')
  expect((await wantedEmergency(parts(7, held)))?.kept).toMatchObject({ envelope: '', published: false })
})
