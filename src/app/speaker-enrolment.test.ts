import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entriesBefore } from '../core/audit/index.ts'
import { castOf } from '../core/identity/cast.build.ts'
import type { Ctx } from '../core/kernel/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../core/organisation/index.ts'
import {
  brokerPasswordFits,
  deviceByCode,
  importStations,
  makeEnrolment,
  enrolledDevices,
  replaceDevice,
  revokeDevice,
  rotateSpeakerKey,
  sendCommand,
  speakerKeys,
} from '../core/station/index.ts'
import { openTestDatabase, person, stillClock, testCtx, type TestDatabase } from '../testing/index.ts'
import { audioFor } from './speaker-audio.ts'
import { enrolment } from './speaker-enrolment.ts'
import { as, stationWith } from './stations.build.ts'

const DOORS = { mqtt: 'mqtts://loa.example:8883', audio: 'https://loa.example/speaker/audio' }
const clock = stillClock('2026-11-24T02:00:00Z')
let database: TestDatabase
let ctx: Ctx
let nobody: Ctx
beforeAll(async () => {
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock })
  nobody = as(ctx, { kind: 'nobody' })
  await importStations(ctx, { rows: stationWith('LOA-A', 9) })
})
afterAll(() => database.close())

const device = async (number: number) => (await deviceByCode(ctx.db, `TB-LOA-A-00${number}`))!
const codeFor = async (number: number) => (await makeEnrolment(ctx, { deviceId: (await device(number)).id })).code
function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicKey: String(publicKey.export({ format: 'jwk' }).x) }
}
const refusing = (code: string) => expect.objectContaining({ code })
const enrol = (code: string, { publicKey }: { publicKey: string }, address = '10.0.0.1') =>
  enrolment(nobody, { code, publicKey }, address, DOORS)

describe('a device enrols', () => {
  test('once by its code, and is told who it is, where to go and whom to believe', async () => {
    const [code, key] = [await codeFor(1), newKey()]
    const told = await enrol(code.toLowerCase().replaceAll('-', ' '), key)
    expect(told).toMatchObject({ code: 'TB-LOA-A-001', stationCode: 'LOA-A', audio: DOORS.audio })
    expect(told.mqtt).toMatchObject({ url: DOORS.mqtt, username: told.deviceId })
    expect(told.keys).toEqual([{ id: expect.stringMatching(/^[0-9a-f]{16}$/), publicKey: expect.any(String) }])
    const [kept] = await enrolledDevices(ctx.db, [(await device(1)).id])
    expect(kept?.publicKey.toString('base64url')).toBe(key.publicKey)
    expect(kept?.passwordHash).toMatch(/^\$7\$101\$/)
    expect(brokerPasswordFits(told.mqtt.password, kept!.passwordHash)).toBe(true)
    expect(brokerPasswordFits('guess', kept!.passwordHash)).toBe(false)
    const [salt, sha512] = [4, 68].map((end) =>
      Buffer.from(kept!.passwordSha512!, 'base64').subarray(end === 4 ? 0 : 4, end),
    )
    expect(createHash('sha512').update(salt!).update(told.mqtt.password).digest()).toEqual(sha512)
    const [entry] = await entriesBefore(ctx.db, null, 1)
    expect(JSON.stringify(entry)).toContain('station.enrol_device')
    expect(JSON.stringify(entry)).not.toContain(told.mqtt.password)
    await expect(enrol(code, newKey()), 'the code is used').rejects.toEqual(refusing('station.wrong_code'))
  })

  test('again with the same key while its code holds, for an answer can get lost', async () => {
    const [code, key] = [await codeFor(2), newKey()]
    const first = await enrol(code, key)
    const second = await enrol(code, key)
    expect(second.deviceId).toBe(first.deviceId)
    expect(second.mqtt.password).not.toBe(first.mqtt.password)
    await revokeDevice(ctx, { deviceId: (await device(2)).id, reason: 'mất' })
    await expect(enrol(code, key)).rejects.toEqual(refusing('station.wrong_code'))
  })

  test('not after the code is over, not with the key of another, not with what is no key', async () => {
    const [code, key] = [await codeFor(3), newKey()]
    await enrol(await codeFor(4), key)
    await expect(enrol(code, key)).rejects.toEqual(refusing('station.key_taken'))
    await expect(enrol(code, { publicKey: 'short' })).rejects.toEqual(refusing('input.invalid'))
    clock.set('2026-11-28T02:00:00Z')
    await expect(enrol(code, newKey())).rejects.toEqual(refusing('station.wrong_code'))
    await expect(enrolment(nobody, { code, ...newKey() }, '10.0.0.1', null)).rejects.toEqual(
      refusing('station.no_door'),
    )
  })

  test('nobody guesses: after thirty that did not fit an address must wait, right ones included', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 40 }, () => enrol('AAAA-AAAA', newKey(), '10.9.9.9')))
    const told = tries.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'in'))
    expect(told.filter((one) => one === 'station.wrong_code')).toHaveLength(30)
    expect(told.filter((one) => one === 'station.enrol_throttled')).toHaveLength(10)
    const code = await codeFor(5)
    await expect(enrol(code, newKey(), '10.9.9.9')).rejects.toEqual(refusing('station.enrol_throttled'))
    expect((await enrol(code, newKey(), '10.0.0.2')).code).toBe('TB-LOA-A-005')
  })

  test('as another device in the place of one that lost its data', async () => {
    const replacedId = (await device(5)).id
    const id = await replaceDevice(ctx, { deviceId: replacedId, reason: 'hỏng thẻ nhớ', code: 'TB-LOA-A-005-2' })
    const { code } = await makeEnrolment(ctx, { deviceId: id })
    expect((await enrol(code, newKey())).deviceId).toBe(id)
    expect(await enrolledDevices(ctx.db, [replacedId]), 'the one before is believed in nothing').toEqual([])
  })
})

describe('the keys of the province', () => {
  test('a new one is announced for thirty days before it signs alone', async () => {
    const before = await speakerKeys(ctx)
    await rotateSpeakerKey(ctx, {})
    await expect(rotateSpeakerKey(ctx, {})).rejects.toEqual(refusing('station.key_announced'))
    const announced = await speakerKeys(ctx)
    expect(announced.signing.id).toBe(before.signing.id)
    expect(announced.trusted).toHaveLength(2)
    clock.set(new Date(clock.now().getTime() + 31 * 86_400_000).toISOString())
    const after = await speakerKeys(ctx)
    expect(after.signing.id).toBe(announced.trusted[1]?.id)
    expect(after.trusted).toHaveLength(1)
  })
})

describe('a command', () => {
  test('is sent by who runs the station, not by another body, and never to a device of another station', async () => {
    const { id } = await castOf(database, { hierarchy: organisationHierarchy }).someone('pao')
    const ids = await organisationIdsByCode(ctx.db, ['UBND-02683', 'UBND-03046'])
    const of = (code: string) =>
      as(ctx, person(id, [{ role: 'field_officer', organisationId: ids.get(code)!, delegationId: null }]))
    const { outletId: stationId } = await device(4)
    const tone = { stationId, kind: 'test_tone' as const }
    await expect(sendCommand(of('UBND-03046'), tone)).rejects.toEqual(refusing('access.organisation'))
    expect(await sendCommand(of('UBND-02683'), tone)).toBeGreaterThan(1)
    const expected = { ...tone, deviceIds: [(await device(6)).id] }
    await expect(sendCommand(of('UBND-02683'), expected)).rejects.toEqual(refusing('station.no_such_device'))
    await expect(sendCommand(ctx, { ...tone, volume: 3 })).rejects.toEqual(refusing('station.command_volume'))
  })
})

describe('a recording', () => {
  test('is for an enrolled device alone that asks now and signs for this very file', async () => {
    const key = newKey()
    const { deviceId } = await enrol(await codeFor(7), key)
    const sha256 = 'a'.repeat(64)
    const asks = (given: { at?: number; of?: string; file?: string } = {}) => {
      const seconds = Math.floor(clock.now().getTime() / 1_000) + (given.at ?? 0)
      const words = Buffer.from(`loa-audio-v1\0${given.of ?? deviceId}:${seconds}:${given.file ?? sha256}`)
      return `Loa-Device ${given.of ?? deviceId}:${seconds}:${sign(null, words, key.privateKey).toString('base64url')}`
    }
    const statusOf = async (authorization: string | null) => audioFor(ctx, authorization, sha256)
    expect(await statusOf(asks()), 'nothing its station is to play').toEqual({ status: 404 })
    const wrong = [null, 'Loa-Device x', asks({ at: 601 }), asks({ at: -601 }), asks({ file: 'b'.repeat(64) })]
    for (const one of [...wrong, asks({ of: (await device(4)).id })])
      expect(await statusOf(one)).toEqual({ status: 401 })
    await revokeDevice(ctx, { deviceId: (await device(7)).id, reason: 'mất cắp' })
    expect(await statusOf(asks())).toEqual({ status: 401 })
  })
})
