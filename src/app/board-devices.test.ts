import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  boardOf,
  expectDevice,
  fileMeantFor,
  noteBoardHeard,
  noteShown,
  openBoard,
  planeBoards,
  planeShowings,
  proofsOf,
  registerBoard,
  shownSums,
  type ShownEntry,
} from '../core/board/index.ts'
import { boardSender } from '../channels/board/board-sender.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { addMedia, noteMade, withdrawMedia } from '../core/media/index.ts'
import { pauseOutlet, resumeOutlet } from '../core/outlet/index.ts'
import { deliveriesOf, followersOf, recallRelease, sendWith } from '../core/release/index.ts'
import {
  deviceTroubles,
  enrolDevice,
  importStations,
  keepStates,
  makeEnrolment,
  noteHubStarted,
  previewStations,
  revokeDevice,
} from '../core/station/index.ts'
import { stillClock } from '../testing/index.ts'
import { openFollowStage, type FollowStage } from './press.build.ts'
import { audioFor } from './speaker-audio.ts'
import { speakerBoards } from './speakers.ts'
import { heartbeat, stationRow, stationWith } from './stations.build.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
const PLACE = { place: '02683', organisation: 'UBND-02683' } as const
let stage: FollowStage
let ctx: Ctx
let [line, screen] = ['', ''] as unknown as [Id<'outlet'>, Id<'outlet'>]
let [lineDevice, screenDevice] = ['', ''] as unknown as [Id<'device'>, Id<'device'>]
const keys = new Map<string, KeyObject>()

beforeAll(async () => {
  sendWith(boardSender)
  stage = await openFollowStage(clock, [], ['board'])
  ctx = stage.ctx
  const { system } = stage
  line = await registerBoard(system, { ...PLACE, code: 'BDT-1', name: 'Bảng chữ', takes: 'line', letters: 16 })
  screen = await registerBoard(system, { ...PLACE, code: 'BDT-2', name: 'Bảng ảnh', takes: 'all' })
  lineDevice = await enrolled(line, 'TB-1')
  screenDevice = await enrolled(screen, 'TB-2')
})
afterAll(() => stage.database.close())

async function enrolled(outletId: Id<'outlet'>, code: string): Promise<Id<'device'>> {
  const deviceId = await expectDevice(stage.system, { outletId, code })
  const once = (await makeEnrolment(stage.system, { deviceId })).code
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = String(publicKey.export({ format: 'jwk' }).x)
  expect(await enrolDevice(ctx, { code: once, publicKey: key }, '127.0.0.1')).toMatchObject({ shows: true })
  keys.set(deviceId, privateKey)
  return deviceId
}

const later = (ms: number) => clock.set(new Date(clock.now().getTime() + ms).toISOString())
const statesOf = async (releaseId: Id<'release'>) => {
  const rows = await deliveriesOf(ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 50)
  return rows.map(({ code, state, reason }) => `${code} ${state}${reason && ` ${reason}`}`).sort()
}
const shownAt = async (outletId: Id<'outlet'>) => (await planeShowings(ctx, outletId))!

let seq = 0
function shown(showingId: string, change: Partial<ShownEntry> = {}): ShownEntry {
  const toAt = clock.now()
  const fromAt = new Date(toAt.getTime() - 60_000)
  const hash = (seq += 1).toString(16).padStart(64, '0')
  return { seq, hash, showingId: showingId as Id<'showing'>, fromAt, toAt, turns: 6, seconds: 58, ...change }
}
const says = (deviceId: Id<'device'>, ...entries: ShownEntry[]) =>
  ctx.db.transaction().execute((db) => noteShown({ ...ctx, db, inTransaction: true }, deviceId, entries))

describe('a board with a device of its own', () => {
  test('is told what it can show: letters in lines that fit, in the case they were written in', async () => {
    const releaseId = await stage.release(await stage.approved())
    expect(await statesOf(releaseId)).toEqual(['BDT-1 accepted', 'BDT-2 accepted'])
    const { takes, showings, hotlines } = await shownAt(line)
    expect(takes).toBe('line')
    expect(showings[0]?.lines[0]).toBe('Cảnh giác. Hãy')
    expect([...showings.flatMap(({ lines }) => lines), ...hotlines].every((one) => [...one].length <= 16)).toBe(true)
    expect((await shownAt(screen)).showings[0]?.lines.join(' ')).toContain('Cảnh giác')
    expect((await planeBoards(ctx.db)).map(({ code, letters }) => [code, letters])).toEqual([
      ['BDT-1', 16],
      ['BDT-2', null],
    ])
  })

  test('is delivered to by what it says it showed; what cannot be is kept and does not count', async () => {
    const releaseId = await stage.release(await stage.approved())
    const [mine, other] = [(await shownAt(line)).showings.at(-1)!.id, (await shownAt(screen)).showings.at(-1)!.id]
    later(60_000)
    await says(
      lineDevice,
      shown(other),
      shown(randomUUID()),
      shown(mine, { seconds: 1e12, turns: 1e12 }),
      shown(mine, { seconds: 1, turns: 0 }),
      shown(mine, { fromAt: new Date(0), toAt: new Date(30_000), seconds: 20 }),
    )
    expect(await statesOf(releaseId)).toEqual(['BDT-1 accepted', 'BDT-2 accepted'])
    const doubts = (await proofsOf(ctx.db, line, 5)).map(({ doubt }) => doubt)
    expect(doubts.toReversed()).toEqual(['no_showing', 'no_showing', 'too_long', 'too_short', 'outside'])
    await says(lineDevice, shown(mine))
    expect(await statesOf(releaseId)).toEqual(['BDT-1 delivered', 'BDT-2 accepted'])
    expect((await shownSums(ctx.db, [mine])).get(mine)).toMatchObject({ turns: 6, seconds: 58 })
  })

  test('has a recall done when its device holds what is left', async () => {
    const releaseId = await stage.release(await stage.approved())
    await noteBoardHeard(ctx, { outletId: line, held: (await shownAt(line)).version })
    await noteBoardHeard(ctx, { outletId: screen, held: (await shownAt(screen)).version })
    await recallRelease(stage.leader, { releaseId, reason: 'Sai', words: 'Gỡ' })
    await stage.work()
    const recall = (await followersOf(ctx.db, releaseId))[0]!.id
    expect(await statesOf(recall)).toEqual(['BDT-1 accepted', 'BDT-2 accepted'])
    await noteBoardHeard(ctx, { outletId: line, held: (await shownAt(line)).version })
    expect(await statesOf(recall)).toEqual(['BDT-1 delivered', 'BDT-2 accepted'])
  })

  test('that is paused shows the numbers to call alone, and its device is told', async () => {
    const said = async () => (await speakerBoards.boards(ctx)).find(({ code }) => code === 'BDT-2')?.said
    const before = await said()
    await pauseOutlet(stage.system, { outletId: screen, reason: 'Sửa bảng' })
    expect(await said()).not.toBe(before)
    expect(await shownAt(screen)).toMatchObject({ showings: [], hotlines: [expect.stringContaining('111')] })
    await resumeOutlet(stage.system, { outletId: screen })
    expect((await shownAt(screen)).showings.length).toBeGreaterThan(0)
  })

  test('brings a picture by its hash, which no other may have, until it is withdrawn', async () => {
    await stage.release(await stage.approved())
    const { id } = (await shownAt(screen)).showings.at(-1)!
    const { mediaId, sha256 } = await aPicture()
    await ctx.db.updateTable('showing').set({ kind: 'picture', mediaId }).where('id', '=', id).execute()
    const file = { sha256, bytes: 500, mime: 'image/webp', alternative: 'Người đi chợ' }
    expect((await shownAt(screen)).showings.at(-1)?.file).toEqual(file)
    expect(await audioFor(ctx, asks(screenDevice, sha256), sha256)).toMatchObject({ bytes: 500, mime: 'image/webp' })
    expect(await audioFor(ctx, asks(lineDevice, sha256), sha256)).toEqual({ status: 404 })
    expect(await audioFor(ctx, asks(screenDevice, sha256, keys.get(lineDevice)!), sha256)).toEqual({ status: 401 })
    await pauseOutlet(stage.system, { outletId: screen, reason: 'Sửa bảng' })
    expect(await fileMeantFor(ctx, screen, sha256), 'a paused board shows none').toBeNull()
    await resumeOutlet(stage.system, { outletId: screen })
    expect(await fileMeantFor(ctx, screen, sha256)).toEqual(file)
    await withdrawMedia(stage.system, { mediaId, reason: 'Hết quyền' })
    expect(await fileMeantFor(ctx, screen, sha256)).toBeNull()
    expect((await shownAt(screen)).showings.at(-1)?.lines.length, 'the words stay').toBeGreaterThan(0)
  })
})

test('a board that is silent, or whose panel takes nothing, is told of as a loudspeaker is', async () => {
  await noteHubStarted(ctx.db, new Date(clock.now().getTime() - 86_400_000))
  later(3_600_000)
  const beat = heartbeat(lineDevice, clock.now(), { faults: ['panel_fault'], scheduleVersion: 0 })
  await keepStates(ctx.db, [beat])
  const now = clock.now()
  const troubles = await deviceTroubles(ctx.db, new Date(now.getTime() - 600_000), now)
  expect(troubles.map(({ kind, stationId, device }) => [kind, stationId, device])).toEqual([
    ['faulty', line, 'TB-1'],
    ['silent', screen, 'TB-2'],
  ])
})

describe('one thing shows a board:', () => {
  test('a browser at its address or a device, and of devices one', async () => {
    const outletId = await registerBoard(stage.system, { ...PLACE, code: 'BDT-3', name: 'Bảng thử', takes: 'all' })
    const refusing = (code: string) => expect.objectContaining({ code })
    const other = expectDevice(stage.system, { outletId: line, code: 'TB-9' })
    await expect(other).rejects.toEqual(refusing('station.board_has_device'))
    await expect(openBoard(stage.system, { outletId: line })).rejects.toEqual(refusing('board.has_device'))
    await openBoard(stage.system, { outletId })
    const late = expectDevice(stage.system, { outletId, code: 'TB-9' })
    await expect(late).rejects.toEqual(refusing('board.is_open'))
  })

  test('a device that was revoked shows nothing that counts, and leaves its place', async () => {
    await revokeDevice(stage.system, { deviceId: screenDevice, reason: 'mất cắp' })
    expect((await planeBoards(ctx.db)).map(({ code }) => code)).toEqual(['BDT-1'])
    await openBoard(stage.system, { outletId: screen })
    expect((await boardOf(ctx.db, screen))?.tokenSealed).toBeTruthy()
  })

  test('the table of stations neither holds it nor takes its code; a device at a cluster shows nothing', async () => {
    await importStations(stage.system, { rows: stationWith('LOA-1', 1) })
    const row = stationRow({ kind: 'speaker', code: 'TB-1', cluster: 'LOA-1-001' })
    const { bad } = await previewStations(ctx.db, [row])
    expect(bad).toContainEqual(expect.objectContaining({ column: 'code', reason: 'taken' }))
    const at = await ctx.db
      .selectFrom('device')
      .select('id')
      .where('code', '=', 'TB-LOA-1-001')
      .executeTakeFirstOrThrow()
    const before = (await proofsOf(ctx.db, line, 100)).length
    await says(at.id as Id<'device'>, shown((await shownAt(line)).showings[0]!.id))
    expect(await proofsOf(ctx.db, line, 100)).toHaveLength(before)
  })
})

function asks(deviceId: Id<'device'>, sha256: string, key = keys.get(deviceId)!): string {
  const seconds = Math.floor(clock.now().getTime() / 1_000)
  const words = Buffer.from(`loa-audio-v1\0${deviceId}:${seconds}:${sha256}`)
  return `Loa-Device ${deviceId}:${seconds}:${sign(null, words, key).toString('base64url')}`
}

async function aPicture(): Promise<{ mediaId: Id<'media'>; sha256: string }> {
  const bytes = new Uint8Array(500).fill(0xff)
  const sha256 = await ctx.files.put(bytes)
  const about = { title: 'Chợ phiên', alternative: 'Người đi chợ', rightsOwner: 'Báo tỉnh', rightsTerms: 'Ghi nguồn' }
  const { mediaId } = await addMedia(stage.system, {
    ...{ ...about, organisationId: stage.bodyOf('SVHTTDL-LC-2025'), fileName: 'cho.jpg' },
    file: { sha256, kind: 'picture', mime: 'image/jpeg', bytes: bytes.length },
  })
  const size = { name: 'large' as const, sha256, mime: 'image/webp', width: 12, height: 8 }
  const made = { width: 12, height: 8, likeness: null, takenOn: null, sizes: [size], faces: null, location: null }
  await noteMade(stage.system, { mediaId, made })
  return { mediaId, sha256 }
}
