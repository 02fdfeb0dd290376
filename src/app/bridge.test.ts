import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  attemptsOfExchange,
  codesOf,
  CodeTable,
  declineProposal,
  dropBridgeCode,
  exchangeById,
  keepBridgeCode,
  packageOf,
  packWith,
  previewPackage,
  proposalsBefore,
  pushAgain,
  pushJob,
  pushWith,
  receivePackage,
  sendPackage,
  setBridge,
  settingOf,
  takePackage,
  takeProposal,
} from '../core/bridge/index.ts'
import { newId, type Id } from '../core/kernel/index.ts'
import { messageById, versionOf } from '../core/message/index.ts'
import { bridgeFile, packagePusher } from '../platform/bridge/index.ts'
import { startBridgeSimulator, type BridgeSimulator } from '../platform/bridge/bridge-simulator.ts'
import { networkPolicy } from '../platform/http/index.ts'
import { stillClock } from '../testing/index.ts'
import { openReleaseStage, outletRow, type ReleaseStage } from './release.build.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
const SOUND = new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0, 9])
const SHA256 = createHash('sha256').update(SOUND).digest('hex')
const DAYS = { from: '2026-11-24', to: '2026-11-26' }
let stage: ReleaseStage
let simulator: BridgeSimulator

beforeAll(async () => {
  simulator = await startBridgeSimulator()
  packWith(bridgeFile)
  pushWith(packagePusher({ policy: networkPolicy([`127.0.0.1:${simulator.port}`]) }))
  const station = { channel: 'loudspeaker', means: 'manual', place: '02683', organisation: 'UBND-02683' }
  stage = await openReleaseStage(clock, [outletRow({ ...station, code: 'DTT-1', name: 'Đài xã', kind: 'station' })])
  await layPlays()
})
afterAll(async () => {
  await stage.database.close()
  await simulator.close()
})

/** A station with a cluster and a device, one broadcast played there twice, one play that the commune has not chosen. */
async function layPlays(): Promise<void> {
  const { ctx } = stage
  const { db } = ctx
  const releaseId = await stage.released({
    channels: ['loudspeaker'],
    startsAt: clock.now(),
    words: 'Phát',
  } as Parameters<ReleaseStage['released']>[0])
  const { id: stationId } = await db
    .selectFrom('outlet')
    .select('id')
    .where('code', '=', 'DTT-1')
    .executeTakeFirstOrThrow()
  await db.insertInto('station').values({ outletId: stationId, carriage: 'ip' }).execute()
  const [cluster, device, broadcast, slot] = [newId(), newId(), newId(), newId()]
  const about = { stationId, code: 'CUM-1', name: 'Cụm loa thôn Một', network: '4g', latitude: 22.5, longitude: 104 }
  await db
    .insertInto('cluster')
    .values({ ...about, id: cluster })
    .execute()
  const made = { addedAt: clock.now(), enrolledAt: clock.now(), publicKey: Buffer.alloc(32, 1) }
  await db
    .insertInto('device')
    .values({ ...made, id: device, stationId, clusterId: cluster, code: 'LOA-1', state: 'enrolled' })
    .execute()
  await stage.ctx.files.put(SOUND)
  const valid = { validFrom: clock.now(), validUntil: new Date('2026-12-24T00:00:00Z'), madeAt: clock.now() }
  const words = { title: 'Cảnh giác', script: 'Gọi một một một.', language: 'vi', class: 'priority' }
  const sound = { sha256: SHA256, bytes: SOUND.length, seconds: 12.5 }
  await db
    .insertInto('broadcast')
    .values({ ...valid, ...words, ...sound, id: broadcast, releaseId, versionId: newId(), contentHash: 'x' })
    .execute()
  await db
    .insertInto('slot')
    .values({ id: slot, stationId, name: 'Sáng', weekdays: 127, begins: '05:30', minutes: 30 })
    .execute()
  for (const [at, [state, slotId]] of (
    [
      ['chosen', slot],
      ['chosen', null],
      ['offered', slot],
    ] as const
  ).entries()) {
    const play = newId()
    const plannedAt = new Date(`2026-11-2${4 + at}T22:30:00Z`)
    const what = { stationId, broadcastId: broadcast, releaseId, deliveryId: newId(), class: 'priority', state, slotId }
    await db
      .insertInto('play')
      .values({ ...what, id: play, day: `2026-11-2${4 + at}`, plannedAt })
      .execute()
    await db
      .insertInto('playEnd')
      .values({ playId: play, deviceId: device, state: at === 0 ? 'played' : 'expected', seconds: at === 0 ? 12.5 : 0 })
      .execute()
  }
}

const jobsOf = () => (stage.ctx as unknown as { enqueued: { name: string; payload: unknown }[] }).enqueued
const runPush = (exchangeId: Id<'bridge_exchange'>) => pushJob.run(stage.system, { exchangeId })
const incoming = (rows: unknown[], more = {}) =>
  Buffer.from(JSON.stringify({ NguonId: 'TW', BanTin: rows, ...more }), 'utf8')

describe('codes', () => {
  test('of makers stand unconfirmed; a person confirms, and of two that mean the same one is written', async () => {
    const before = await codesOf(stage.ctx.db)
    expect(before.filter(({ confirmedAt }) => confirmedAt !== null)).toEqual([])
    const code = { kind: 'class', code: 'UT', value: 'priority', outbound: true } as const
    await keepBridgeCode(stage.writer, code)
    const table = new CodeTable(await codesOf(stage.ctx.db))
    expect(table.codeOf('class', 'priority')).toBe('UT')
    expect([table.valueOf('class', '2'), table.valueOf('class', 'UT')]).toEqual(['priority', 'priority'])
    expect(table.missing()).toContainEqual({ kind: 'field', value: 'law' })
    await dropBridgeCode(stage.writer, { kind: 'class', code: 'UT' })
    await keepBridgeCode(stage.writer, { ...code, code: '2' })
  })

  test('mean only what we have; a commune changes none', async () => {
    const bad = { kind: 'class' as const, code: '9', value: 'law' }
    await expect(keepBridgeCode(stage.writer, bad)).rejects.toMatchObject({ code: 'bridge.no_value' })
    await expect(keepBridgeCode(stage.commune, { ...bad, value: '' })).rejects.toMatchObject({ code: 'access.role' })
  })
})

describe('a package out', () => {
  test('holds what is chosen, in the codes of the other system, and leaves empty what has none', async () => {
    const content = await packageOf(stage.ctx, DAYS)
    expect(content.bulletins).toMatchObject([
      {
        title: 'Cảnh giác',
        urgency: '2',
        field: '',
        kind: '',
        seconds: 12.5,
        reach: ['DTT-1'],
        sound: { sha256: SHA256 },
      },
    ])
    expect(content.days.map(({ day, slots }) => [day, slots.map(({ begins, ends }) => `${begins}-${ends}`)])).toEqual([
      ['2026-11-24', ['05:30-06:00']],
      ['2026-11-25', ['05:30-05:30']],
    ])
    expect(content.devices).toMatchObject([{ code: 'LOA-1', area: 'CUM-1', latitude: 22.5, on: true }])
    expect(content.figures).toMatchObject([{ speaker: 'LOA-1', total: 1, played: 1, playedSeconds: 12.5 }])
  })

  test('is kept as a file with its recording, and logged', async () => {
    const id = await sendPackage(stage.writer, DAYS, 'file')
    const exchange = await exchangeById(stage.ctx.db, id)
    expect(exchange).toMatchObject({ state: 'done', direction: 'out', bulletins: 1, days: 2, devices: 1, unmapped: 2 })
    const read = bridgeFile.unpack(await stage.ctx.files.get(exchange!.sha256))
    expect([new Uint8Array(read.sounds.get(SHA256)!), read.problems]).toEqual([SOUND, []])
    expect(read.content).toEqual(await packageOf(stage.ctx, DAYS))
  })

  test('of too many days or of days that run backward is refused', async () => {
    const long = sendPackage(stage.writer, { from: '2026-11-01', to: '2026-12-31' }, 'file')
    await expect(long).rejects.toMatchObject({ code: 'bridge.too_many_days' })
    const back = sendPackage(stage.writer, { from: '2026-11-02', to: '2026-11-01' }, 'file')
    await expect(back).rejects.toMatchObject({ code: 'bridge.days_backward' })
  })
})

describe('a push', () => {
  const setting = { sourceCode: 'LC', defaultField: '', pushSecret: '' } as const
  const to = (path: string) =>
    setBridge(stage.writer, { ...setting, pushAddress: `http://127.0.0.1:${simulator.port}${path}` })

  test('without an address is refused; to a network that is not allowed it ends at once', async () => {
    await expect(sendPackage(stage.writer, DAYS, 'push')).rejects.toMatchObject({ code: 'bridge.no_address' })
    await setBridge(stage.writer, { ...setting, pushAddress: 'http://127.0.0.1:1/metadata' })
    const id = await sendPackage(stage.writer, DAYS, 'push')
    await runPush(id)
    expect(await exchangeById(stage.ctx.db, id)).toMatchObject({ state: 'failed', reason: 'private_network' })
  })

  test('is tried again under the same key until it is taken, once', async () => {
    for (const path of ['/busy', '/dies']) {
      await to(path)
      const id = await sendPackage(stage.writer, DAYS, 'push')
      expect(jobsOf().at(-1)).toEqual({ name: 'bridge.push', payload: { exchangeId: id } })
      await expect(runPush(id)).rejects.toThrow('could not be pushed yet')
      await runPush(id)
      await runPush(id)
      expect(await exchangeById(stage.ctx.db, id)).toMatchObject({ state: 'done', attempts: 2, reason: '' })
      expect(simulator.packages().get(id)).toMatchObject({ calls: 2, kept: true })
      expect(bridgeFile.unpack(simulator.packages().get(id)!.bytes).content.bulletins).toHaveLength(1)
    }
  })

  test('that is refused or never answered ends with the answer, and a person may try again', async () => {
    await to('/refused')
    const id = await sendPackage(stage.writer, DAYS, 'push')
    await runPush(id)
    expect(await exchangeById(stage.ctx.db, id)).toMatchObject({ state: 'failed', reason: 'answered_no' })
    expect(await attemptsOfExchange(stage.ctx.db, id)).toMatchObject([
      { status: 422, answer: '{"message":"sai cấu trúc"}' },
    ])
    await to('/down')
    await pushAgain(stage.writer, { exchangeId: id })
    for (let at = 0; at < 6; at++) await expect(runPush(id)).rejects.toThrow()
    await runPush(id)
    expect(await exchangeById(stage.ctx.db, id)).toMatchObject({
      state: 'failed',
      reason: 'answered_later',
      attempts: 8,
    })
  })

  test('bears the secret, which another machine is not sent', async () => {
    await setBridge(stage.writer, { ...setting, pushAddress: `http://127.0.0.1:${simulator.port}/`, pushSecret: 's3' })
    const id = await sendPackage(stage.writer, DAYS, 'push')
    await runPush(id)
    expect(simulator.packages().get(id)).toMatchObject({ authorization: 'Bearer s3' })
    await setBridge(stage.writer, { ...setting, pushAddress: 'http://127.0.0.1:1/' })
    expect(await settingOf(stage.ctx.db)).toMatchObject({ pushSecretSealed: null })
  })
})

describe('a package in', () => {
  const row = {
    BanTinId: 'b1',
    TieuDe: 'Mưa lũ',
    NoiDung: 'Nước lên.',
    MucDoUuTien: '1',
    LoaiLinhVuc: 'TT-9',
    ThoiLuong: '30',
  }
  const report = {
    MaBaoCao: 'r1',
    BanTinId: 'x',
    deviceCode: 'D',
    TrangThai: 'DaPhat',
    ThoiGian: '2026-11-24T03:00:00Z',
    ThoiLuong: '9',
  }

  test('is looked at first, then taken once: a proposal, a report, and a code that nobody has mapped', async () => {
    const id = await receivePackage(
      stage.writer,
      'goi.json',
      incoming([row, { BanTinId: '' }], { TrangThai: [report] }),
    )
    const preview = await previewPackage(stage.ctx, id)
    expect(preview).toMatchObject({ arrivals: [{ arrival: 'new' }], unmapped: [{ kind: 'field', code: 'TT-9' }] })
    expect(preview?.content.problems).toHaveLength(1)
    expect(await takePackage(stage.writer, id)).toEqual({ bulletins: 1, reports: 1, refused: 1, unmapped: 1 })
    await expect(takePackage(stage.writer, id)).rejects.toMatchObject({ code: 'bridge.taken' })
    const again = await receivePackage(stage.writer, 'goi.json', incoming([row], { TrangThai: [report] }))
    expect(await takePackage(stage.writer, again)).toMatchObject({ bulletins: 0, reports: 0, refused: 0 })
    const codes = await codesOf(stage.ctx.db)
    expect(codes.find(({ code }) => code === 'TT-9')).toMatchObject({ value: null, confirmedAt: null })
  })

  test('changes a proposal until somebody has decided; afterwards it is refused', async () => {
    const changed = await receivePackage(stage.writer, 'b', incoming([{ ...row, NoiDung: 'Nước xuống.' }]))
    expect(await takePackage(stage.writer, changed)).toMatchObject({ bulletins: 1, refused: 0 })
    const [proposal] = await proposalsBefore(stage.ctx.db, { open: true, before: null }, 9)
    expect(proposal).toMatchObject({ source: 'TW', bulletinId: 'b1', bulletin: { words: 'Nước xuống.', urgency: '1' } })
    const organisationId = stage.bodyOf('SVHTTDL-LC-2025')
    const messageId = await takeProposal(stage.writer, { proposalId: proposal!.id, organisationId })
    expect(await versionOf(stage.ctx.db, messageId, 1)).toMatchObject({ title: 'Mưa lũ', body: 'Nước xuống.' })
    expect(await messageById(stage.ctx.db, messageId)).toMatchObject({ kind: 'notice', currentVersion: 1 })
    const late = await receivePackage(stage.writer, 'c', incoming([{ ...row, NoiDung: 'Khác' }]))
    expect((await previewPackage(stage.ctx, late))?.arrivals).toMatchObject([{ arrival: 'decided' }])
    expect(await takePackage(stage.writer, late)).toMatchObject({ bulletins: 0, refused: 1 })
    const decline = declineProposal(stage.writer, { proposalId: proposal!.id, reason: 'Trùng' })
    await expect(decline).rejects.toMatchObject({ code: 'bridge.decided' })
  })

  test('is taken by those who answer for the bridge alone, and nothing of a bad one is kept', async () => {
    await expect(receivePackage(stage.commune, 'a', incoming([row]))).rejects.toMatchObject({ code: 'access.role' })
    const before = await stage.ctx.db.selectFrom('bridgeExchange').select('id').execute()
    await expect(receivePackage(stage.writer, 'a', Buffer.from('x'))).rejects.toMatchObject({ code: 'bridge.not_json' })
    expect(await stage.ctx.db.selectFrom('bridgeExchange').select('id').execute()).toEqual(before)
  })
})
