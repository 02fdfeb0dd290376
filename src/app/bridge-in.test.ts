import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  codesOf,
  countRows,
  declineProposal,
  declineProposedDay,
  deviceRows,
  exchangeById,
  FieldNames,
  fieldNamesOf,
  figureRows,
  keepFieldNames,
  packageOf,
  previewPackage,
  proposalsBefore,
  proposedDaysAfter,
  receivePackage,
  sendPackage,
  takePackage,
  takeProposal,
  takeProposedDay,
  waitingFor,
} from '../core/bridge/index.ts'
import type { Id } from '../core/kernel/index.ts'
import { messageById, versionOf } from '../core/message/index.ts'
import { slotsOf } from '../core/programme/index.ts'
import { bridgeFile } from '../platform/bridge/index.ts'
import { stillClock } from '../testing/index.ts'
import { DAYS, openBridgeStage } from './bridge.build.ts'
import type { ReleaseStage } from './release.build.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
let stage: ReleaseStage

beforeAll(async () => {
  stage = await openBridgeStage(clock)
})
afterAll(() => stage.database.close())

const incoming = (rows: unknown[], more = {}) =>
  Buffer.from(JSON.stringify({ NguonId: 'TW', BanTin: rows, ...more }), 'utf8')

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
    expect(await takePackage(stage.writer, id)).toEqual({
      ...{ bulletins: 1, days: 0, devices: 0, figures: 0, reports: 1, refused: 1, unmapped: 1 },
    })
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

  test('from ourselves says the same of us again: devices that are ours, figures beside our own, nothing lost', async () => {
    const out = await sendPackage(stage.writer, DAYS, 'file')
    const bytes = await stage.ctx.files.get((await exchangeById(stage.ctx.db, out))!.sha256)
    const id = await receivePackage(stage.writer, 'cua-minh.zip', bytes)
    expect((await previewPackage(stage.ctx, id))?.days).toMatchObject([{ arrival: 'new' }, { arrival: 'new' }])
    expect(await takePackage(stage.writer, id)).toMatchObject({ days: 2, devices: 2, figures: 1 })
    expect(await countRows(stage.ctx.db, id)).toEqual({ devices: 2, figures: 1, beats: 1, showings: 1, reports: 0 })
    expect(await deviceRows(stage.ctx.db, id, '', 9)).toMatchObject([
      { code: 'BT-1', here: 'none' },
      { code: 'LOA-1', here: 'on', hereArea: 'CUM-1' },
    ])
    const [theirs] = await figureRows(stage.ctx.db, id, '', 9)
    expect(theirs?.ours).toEqual({ total: theirs?.total, played: theirs?.played, playedSeconds: theirs?.playedSeconds })
    expect(await figureRows(stage.ctx.db, id, theirs!.key, 9)).toEqual([])
  })
})

describe('a day from above', () => {
  const slot = (Start: string, End: string) => ({
    Id: '',
    Name: 'Từ tỉnh',
    Start,
    End,
    Playlists: [{ Order: '1', BanTinId: 'L', Duration: '60' }],
  })
  const bringing = async (DonVi: string, slots: unknown[], on = '2026-11-26') => {
    const day = { Id: 'x', DonVi, Date: on, DatesCopy: ['2026-11-27', '2026-11-30'], SchedulePlaylistTimes: slots }
    const bytes = incoming([{ BanTinId: 'L', TieuDe: 'Lịch', ThoiLuong: '60' }], { ScheduleDate: [day] })
    await takePackage(stage.writer, await receivePackage(stage.writer, 'lich', bytes))
    const found = await proposedDaysAfter(stage.ctx.db, null, 50)
    return found.find(({ source, station, day: own }) => source === 'TW' && station === DonVi && own === on)!
  }
  const stationOne = async () => {
    const query = stage.ctx.db.selectFrom('outlet').select('id').where('code', '=', 'DTT-1')
    return (await query.executeTakeFirstOrThrow()).id as Id<'outlet'>
  }
  const hours = async () =>
    (await slotsOf(stage.ctx.db, await stationOne(), '2026-11-24')).map(
      ({ begins, minutes, fromDay, toDay }) => `${begins} ${minutes} ${fromDay ?? ''} ${toDay ?? ''}`,
    )

  test('is taken over by the commune: its hours stand on its days, those it has already do not stand twice', async () => {
    const stationId = await stationOne()
    const proposed = await bringing('DTT-1', [slot('05:30', '06:00'), slot('19:00', '19:20')])
    expect(proposed).toMatchObject({ state: 'proposed', content: { titles: { L: 'Lịch' } } })
    expect(await waitingFor(stage.commune)).toMatchObject([
      { wording: 'bridge_waiting_days', path: '/bridge/days?station=DTT-1' },
    ])
    expect(await waitingFor(stage.writer)).toEqual([])
    expect(await takeProposedDay(stage.commune, { dayId: proposed.id, stationId })).toBe(2)
    expect(await hours()).toEqual(['05:30 30  ', '19:00 20 2026-11-26 2026-11-27', '19:00 20 2026-11-30 2026-11-30'])
    const again = takeProposedDay(stage.commune, { dayId: proposed.id, stationId })
    await expect(again).rejects.toMatchObject({ code: 'bridge.day_decided' })
    expect(await bringing('DTT-1', [slot('20:00', '20:10')]), 'what was decided is not asked again').toBeUndefined()
  })

  test('that clashes with an own hour, runs backward or is over leaves all as it was; it can be refused', async () => {
    const before = await hours()
    const stationId = await stationOne()
    const clash = await bringing('DTT-1', [slot('21:00', '21:10'), slot('05:45', '06:15')], '2026-11-28')
    await expect(takeProposedDay(stage.commune, { dayId: clash.id, stationId })).rejects.toMatchObject({
      code: 'programme.slots_overlap',
    })
    const odd = await bringing('DTT-1', [slot('23:30', '00:30')], '2026-11-29')
    await expect(takeProposedDay(stage.commune, { dayId: odd.id, stationId })).rejects.toMatchObject({
      code: 'bridge.odd_slot',
    })
    expect(await hours()).toEqual(before)
    await declineProposedDay(stage.commune, { dayId: clash.id, reason: 'Trùng giờ' })
    const open = await proposedDaysAfter(stage.ctx.db, null, 50)
    expect(open.map(({ id }) => id)).not.toContain(clash.id)
  })
})

describe('names of fields', () => {
  test('are written and read as somebody has said; none is empty and no two are the same', async () => {
    await expect(keepFieldNames(stage.commune, { section: 'bulletin', names: {} })).rejects.toMatchObject({
      code: 'access.role',
    })
    const keep = (names: Record<string, string>, section: 'bulletin' | 'play' = 'bulletin') =>
      keepFieldNames(stage.writer, { section, names })
    await expect(keep({ TieuDe: ' ' })).rejects.toMatchObject({ code: 'bridge.name_empty', field: 'bulletin.TieuDe' })
    await expect(keep({ TieuDe: 'NoiDung' })).rejects.toMatchObject({
      ...{ code: 'bridge.name_double', field: 'bulletin.TieuDe' },
    })
    await expect(keep({ Order: 'TieuDe' }, 'play')).rejects.toMatchObject({ field: 'play.Order' })
    expect(await keep({ TieuDe: 'Ten', MucDoUuTien: 'KhanCap' })).toEqual(['TieuDe', 'MucDoUuTien'])
    const out = (await exchangeById(stage.ctx.db, await sendPackage(stage.writer, DAYS, 'file')))!
    const file = await stage.ctx.files.get(out.sha256)
    const read = bridgeFile.unpack(file, await fieldNamesOf(stage.ctx.db))
    expect(read.content).toEqual(await packageOf(stage.ctx, DAYS))
    expect(
      bridgeFile.unpack(file, new FieldNames([])).content.bulletins,
      'by the known names nobody reads them',
    ).toEqual([])
    const id = await receivePackage(
      stage.writer,
      'ten',
      incoming([{ BanTinId: 't1', Ten: 'Theo tên mới', KhanCap: '1' }]),
    )
    expect((await previewPackage(stage.ctx, id))?.arrivals).toMatchObject([
      { bulletin: { title: 'Theo tên mới', urgency: '1' } },
    ])
    await keep({})
    expect((await fieldNamesOf(stage.ctx.db)).nameOf('bulletin', 'TieuDe')).toBe('TieuDe')
  })
})
