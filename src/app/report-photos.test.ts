import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptActivity, attachProof, proofsOf } from '../core/evidence/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { noteMade } from '../core/media/index.ts'
import { beginReport, choosePhotos, contentOfReport, photosFor, reportById, type Report } from '../core/report/index.ts'
import { stillClock } from '../testing/index.ts'
import { openEvidenceStage, type EvidenceStage } from './evidence.build.ts'

let stage: EvidenceStage
let ctx: Ctx
let writer: Ctx
let reportId: Id<'report'>
const clock = stillClock('2026-11-24T02:00:00Z')

beforeAll(async () => {
  stage = await openEvidenceStage(clock)
  ;({ ctx } = stage)
  writer = await stage.somebody('writer', 'campaign_officer', 'SVHTTDL-LC-2025')
  const organisationId = await stage.bodyOf('SVHTTDL-LC-2025')
  reportId = await beginReport(writer, { organisationId, template: 'ad_hoc', from: '2026-11-01', to: '2026-11-30' })
})
afterAll(() => stage.database.close())

const report = async (): Promise<Report> => (await reportById(ctx.db, reportId))!
const offered = async () => photosFor(ctx, await report())

/** A photograph of an activity, as the machine looked at it; the file as it came and what is shown of it differ. */
async function photograph(
  activityId: Id<'activity'>,
  faces: number,
  likeness: string,
): Promise<{ mediaId: Id<'media'>; shown: string }> {
  const taken = new TextEncoder().encode(`as it came ${likeness}`)
  const sha256 = await ctx.files.put(taken)
  const file = { sha256, kind: 'picture' as const, mime: 'image/jpeg', bytes: taken.length, fileName: 'anh.jpg' }
  await attachProof(stage.commune, { activityId, proof: { kind: 'file', file } })
  const mediaId = (await proofsOf(ctx.db, activityId)).at(-1)!.mediaId!
  const picture = sharp({ create: { width: 60, height: 40, channels: 3, background: '#467' } })
  const shown = await ctx.files.put(new Uint8Array(await picture.jpeg().toBuffer()))
  const size = { name: 'large' as const, sha256: shown, mime: 'image/jpeg', width: 60, height: 40 }
  const face = { x: 0.1, y: 0.1, width: 0.2, height: 0.2 }
  const seen = { width: 60, height: 40, likeness, takenOn: null, location: null }
  await noteMade(stage.system, {
    mediaId,
    made: { ...seen, sizes: [size], faces: Array.from({ length: faces }, () => face) },
  })
  return { mediaId, shown }
}

test('a photograph is shown once its activity is accepted and no face in it can be known', async () => {
  const activityId = await stage.sent()
  const plain = await photograph(activityId, 0, '01'.repeat(32))
  const faced = await photograph(activityId, 1, '0011'.repeat(16))
  expect(await offered()).toEqual([])
  await acceptActivity(stage.head, { activityId })
  expect((await offered()).map(({ mediaId, whyNot }) => [mediaId, whyNot?.code ?? null])).toEqual([
    [plain.mediaId, null],
    [faced.mediaId, 'media.faces'],
  ])
  const choose = (mediaId: Id<'media'>) =>
    choosePhotos(writer, { reportId, photos: [{ mediaId, caption: 'Chợ Bát Xát' }] })
  await expect(choose(faced.mediaId)).rejects.toMatchObject({ code: 'media.faces' })
  await choose(plain.mediaId)
  const { annexes } = await contentOfReport(ctx, await report())
  // Never the file as it came.
  expect(annexes.at(-1)).toMatchObject({
    title: 'Một số hình ảnh',
    body: [{ kind: 'picture', sha256: plain.shown, caption: 'Chợ Bát Xát' }],
  })
})
