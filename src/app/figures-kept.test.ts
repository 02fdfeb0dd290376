import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptActivity, amendActivity } from '../core/evidence/index.ts'
import {
  coverageOf,
  figures,
  keepPublicFigures,
  keepRegime,
  linkTarget,
  publicFigures,
  questionOf,
  regimes,
  reproduce,
  snapshotById,
  takeSnapshot,
  targetResults,
  type CoverageQuestion,
} from '../core/figure/index.ts'
import { importStations } from '../core/station/index.ts'
import { asSystem, newId, type Ctx, type Id } from '../core/kernel/index.ts'
import { stillClock } from '../testing/index.ts'
import { stationWith } from './stations.build.ts'
import { openEvidenceStage, whole, type EvidenceStage } from './evidence.build.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
const days = { from: '2026-11-01', to: '2026-11-30', mapDay: '2026-11-24' }
let stage: EvidenceStage
let ctx: Ctx

beforeAll(async () => {
  stage = await openEvidenceStage(clock)
  ;({ ctx } = stage)
})
afterAll(() => stage.database.close())
beforeEach(() => clock.set('2026-11-24T02:00:00Z'))

describe('a snapshot', () => {
  test('is made again to the unit however much is amended since, and says what has changed', async () => {
    const [kept, amended] = [await stage.sent(), await stage.sent({ day: '2026-11-21' })]
    const question = questionOf({ ...days, place: await stage.placeOf('LC-2025') })
    const organisationId = stage.bodyOf('SVHTTDL-LC-2025')
    const asked = { name: 'Báo cáo tháng', organisationId: await organisationId, question }
    await expect(takeSnapshot(stage.commune, asked)).rejects.toMatchObject({ code: 'access.organisation' })
    const id = await takeSnapshot(stage.writer, asked)
    const unchanged = await reproduce(ctx.db, (await snapshotById(ctx.db, id))!)
    expect([unchanged.unlike, unchanged.changed]).toEqual([[], []])
    expect(unchanged.figures.total.get('attendances')?.counted).toBe(168n)

    clock.set('2026-11-24T03:00:00Z')
    const counts = [whole('sessions', 1), whole('attendances', 90)]
    await amendActivity(stage.commune, { ...stage.talk, day: '2026-11-21', activityId: amended, counts })
    await acceptActivity(stage.head, { activityId: kept })
    const since = await reproduce(ctx.db, (await snapshotById(ctx.db, id))!)
    expect(since.unlike).toEqual([])
    expect(since.figures.total.get('attendances')?.counted).toBe(168n)
    expect(since.changed.map(({ indicator }) => indicator)).toEqual(['attendances', 'attendances'])
  })
})

describe('a target of the plan', () => {
  let campaignId: Id<'campaign'>
  const text = 'Ít nhất 200 lượt người dân xã Bát Xát được nghe'

  beforeAll(async () => {
    const organisationId = await stage.bodyOf('SVHTTDL-LC-2025')
    const planId = newId<'plan'>()
    campaignId = newId<'campaign'>()
    const moments = { importedAt: clock.now(), confirmedAt: clock.now() }
    const plan = { id: planId, organisationId, fileSha256: 'a'.repeat(64), fileName: 'k.txt', state: 'confirmed' }
    await ctx.db
      .insertInto('plan')
      .values({ ...plan, ...moments, text: 'k', reading: '{}' })
      .execute()
    await ctx.db
      .insertInto('campaign')
      .values({ id: campaignId, planId, organisationId, name: 'Đợt', openedAt: clock.now() })
      .execute()
    const value = JSON.stringify({ text, value: 200, valueTo: null, unit: 'lượt người' })
    await ctx.db
      .insertInto('campaignLine')
      .values({ id: newId(), campaignId, kind: 'target', ordinal: 1, value })
      .execute()
  })

  test('stands beside its result once a person has said how it is measured; estimates reach no target', async () => {
    const guessed = { ...whole('attendances', 500), estimated: true }
    await stage.sent({ campaignId, counts: [whole('attendances', 134)] })
    await stage.sent({ campaignId, counts: [guessed], day: '2026-11-22' })
    const question = questionOf(days)
    expect(await targetResults(ctx.db, campaignId, question)).toMatchObject([{ text, indicator: null, percent: null }])
    await expect(
      linkTarget(stage.writer, { campaignId, target: 'Khác', indicator: 'attendances' }),
    ).rejects.toMatchObject({ code: 'figure.no_such_target' })
    await expect(linkTarget(stage.commune, { campaignId, target: text })).rejects.toMatchObject({ code: 'access.role' })
    await linkTarget(stage.writer, { campaignId, target: text, indicator: 'attendances' })
    const [result] = await targetResults(ctx.db, campaignId, question)
    expect(result).toMatchObject({ indicator: 'attendances', percent: 67 })
    expect(result?.reached).toMatchObject({ counted: 134n, estimated: 500n })
    const value = JSON.stringify({ text: 'Mỗi tháng 2 buổi', value: 2, valueTo: null, unit: 'buổi/tháng' })
    await ctx.db
      .insertInto('campaignLine')
      .values({ id: newId(), campaignId, kind: 'target', ordinal: 2, value })
      .execute()
    await linkTarget(stage.writer, { campaignId, target: 'Mỗi tháng 2 buổi', indicator: 'sessions' })
    const [, rate] = await targetResults(ctx.db, campaignId, question)
    expect(rate).toMatchObject({ isRate: true, percent: null })
  })
})

describe('coverage', () => {
  const asked: CoverageQuestion = { ...days, campaign: null, by: 'language', place: null, wanted: [] }
  const rowOf = async (code: string, more: Partial<CoverageQuestion> = {}) =>
    (await coverageOf(ctx.db, { ...asked, ...more })).rows.find((row) => row.code === code)!

  test('says in which of its languages a commune has heard something, how often, and in which nothing', async () => {
    const before = await rowOf('02683')
    await stage.sent({ language: 'hmn', day: '2026-11-23' })
    const { cells, gaps } = await rowOf('02683')
    expect(before.gaps).toContain('hmn')
    expect(gaps).not.toContain('hmn')
    expect(gaps).toContain('ium')
    expect(cells.get('hmn')).toEqual({ times: 1, lastDay: '2026-11-23' })
    expect((await rowOf('03046')).gaps).toContain('hmn')
  })

  test('a commune should hear what its clusters say of who listens to them, as long as they stand', async () => {
    expect((await rowOf('02683')).gaps).not.toContain('nut')
    const rows = stationWith('LOA-GAP', 1).map((row) => (row.kind === 'cluster' ? { ...row, languages: 'nut' } : row))
    await importStations(asSystem(ctx, 'test'), { rows })
    expect((await rowOf('02683')).gaps).toContain('nut')
    await importStations(asSystem(ctx, 'test'), { rows: rows.map((row) => ({ ...row, languages: '' })) })
    expect((await rowOf('02683')).gaps).not.toContain('nut')
  })

  test('counts an occasion once whatever was counted of it, in the commune that a merged one has become', async () => {
    const before = (await rowOf('02683', { by: 'channel' })).cells.get('talk')!.times
    await stage.sent({ placeId: await stage.placeOf('C0016'), counts: [whole('sessions', 1), whole('leaflets', 40)] })
    expect((await rowOf('02683', { by: 'channel' })).cells.get('talk')!.times).toBe(before + 1)
  })

  test('removals tell nobody anything', async () => {
    await stage.sent({ kind: 'removal', counts: [whole('removals', 2)] })
    expect([...(await rowOf('02683', { by: 'channel' })).cells.keys()]).not.toContain('other')
  })
})

test('a commune that was merged counts in its successor today, by its own name on the old map, and in all the same', async () => {
  const question = questionOf({ ...days, place: await stage.placeOf('VN') })
  const today = await figures(ctx.db, question)
  const old = await figures(ctx.db, { ...question, mapDay: '2025-06-30' })
  expect(old.total).toEqual(today.total)
  expect(today.rows.map(({ kind, id }) => [kind, today.tree?.node(id ?? '')?.code])).toContainEqual([
    'below',
    'LC-2025',
  ])
  expect(old.rows.map(({ kind }) => kind)).toContain('below')
})

test('a reporting regime of one’s own is kept, and what the public sees is chosen by who may', async () => {
  await keepRegime(stage.writer, { code: 'rieng', name: 'Chốt ngày 20', firstDay: 21 })
  expect((await regimes(ctx.db)).map(({ code, firstDay }) => [code, firstDay])).toEqual([
    ['periodic', 15],
    ['calendar', 1],
    ['rieng', 21],
  ])
  expect(await publicFigures(ctx.db)).toBeNull()
  const chosen = { shown: true, indicators: ['attendances'], dayFrom: '2026-01-01' }
  await expect(keepPublicFigures(stage.writer, chosen)).rejects.toMatchObject({ code: 'access.role' })
  await expect(keepPublicFigures(stage.leader, { ...chosen, indicators: [] })).rejects.toMatchObject({
    code: 'figure.none_chosen',
  })
  await keepPublicFigures(stage.leader, chosen)
  expect(await publicFigures(ctx.db)).toMatchObject({ shown: true, indicators: ['attendances'], dayTo: null })
})
