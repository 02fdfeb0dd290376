import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openReleaseStage, outletRow, type ReleaseStage } from '../../app/release.build.ts'
import type { Id } from '../../core/kernel/index.ts'
import { articlesOf } from '../../core/portal/index.ts'
import {
  deliveriesOf,
  pressRelease,
  proposeRelease,
  recallRelease,
  releaseById,
  sendWith,
  workLedger,
} from '../../core/release/index.ts'
import { stillClock } from '../../testing/index.ts'
import { portalSender } from './portal-sender.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
const MACHINE = { channel: 'portal', means: 'machine', place: 'LC-2025', organisation: 'UBND-LC-2025' }
let stage: ReleaseStage

beforeAll(async () => {
  stage = await openReleaseStage(clock, [outletRow({ ...MACHINE, code: 'CONG' })])
  sendWith(portalSender)
})
afterAll(() => stage.database.close())
beforeEach(() => clock.set('2026-11-24T02:00:00Z'))

const wish = { channels: ['portal' as const], startsAt: new Date('2026-11-24T00:00:00Z'), words: 'Đăng' }

/** Releases an approved message and lets the ledger bring it out. */
async function goesOut(messageId: Id<'message'>): Promise<Id<'release'>> {
  const releaseId = await proposeRelease(stage.writer, { ...wish, messageId })
  await pressRelease(stage.leader, { releaseId })
  await workThrough()
  return releaseId
}

/** Past the minute in which it may be undone. */
async function workThrough(): Promise<void> {
  clock.set(new Date(clock.now().getTime() + 120_000).toISOString())
  while ((await workLedger(stage.ctx)) > 0);
}

async function recalled(releaseId: Id<'release'>): Promise<void> {
  await recallRelease(stage.leader, { releaseId, reason: 'Sai số', words: 'Gỡ xuống' })
  await workThrough()
}

const isUp = async (messageId: Id<'message'>) =>
  (await articlesOf(stage.ctx.db, messageId)).map(({ withdrawnAt }) => withdrawnAt === null)

test('the ledger puts an article up and takes it down; its row knows the address', async () => {
  const messageId = await stage.approved()
  const releaseId = await goesOut(messageId)
  const [article] = await articlesOf(stage.ctx.db, messageId)
  expect(article).toMatchObject({ language: 'vi', title: 'Cảnh giác', withdrawnAt: null, releaseId })
  expect(article?.callToAction).toContain('111')
  const [row] = await deliveriesOf(stage.ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 2)
  expect(row).toMatchObject({ state: 'delivered', providerRef: `/cong/${article?.id}` })
  await recalled(releaseId)
  expect(await isUp(messageId)).toEqual([false])
})

test('recalling an older release leaves the article up that a newer one has put up again', async () => {
  const messageId = await stage.approved()
  const older = await goesOut(messageId)
  const newer = await goesOut(messageId)
  await recalled(older)
  expect(await isUp(messageId)).toEqual([true])
  await recalled(newer)
  expect(await isUp(messageId)).toEqual([false])
})

test('a row that the database will not take is put off and stops none of the others', async () => {
  const messageId = await stage.approved()
  const releaseId = await goesOut(messageId)
  const [article] = await articlesOf(stage.ctx.db, messageId)
  const { contentHash } = (await releaseById(stage.ctx.db, releaseId))!
  const [row] = await deliveriesOf(stage.ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 1)
  const rendition = { channel: 'portal', language: 'vi', version: 1, recording: null }
  const good = {
    ...rendition,
    id: row!.renditions[0]!,
    fields: { title: 'Mới', lead: '', body: 'Mới', callToAction: '' },
  }
  const sending = { ...row!, messageId, kind: 'original' as const, ofReleaseId: null, outlet: null!, gateway: null }
  const rest = { deliveryId: row!.id, attempt: 1, lane: 'ordinary' as const }
  const rows = [
    { ...sending, ...rest, releaseId: crypto.randomUUID() as Id<'release'>, renditions: [good] },
    { ...sending, ...rest, renditions: [{ ...good, fields: {} }] },
    { ...sending, ...rest, renditions: [good] },
  ]
  const outcomes = await portalSender.send(stage.ctx, rows, new AbortController().signal)
  expect(outcomes.map(({ kind }) => kind)).toEqual(['postponed', 'refused', 'delivered'])
  expect(await articlesOf(stage.ctx.db, messageId)).toMatchObject([{ id: article?.id, title: 'Mới', releaseId }])
  expect(contentHash).toHaveLength(64)
})
