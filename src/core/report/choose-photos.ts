import * as v from 'valibot'
import { activitiesWhere, proofsOfAll, type Activity } from '../evidence/index.ts'
import { action, idOf, Refusal, tidy, type Ctx, type Id } from '../kernel/index.ts'
import { blurredFrom, mediaById, sizeOf, whyNotInStory } from '../media/index.ts'
import { REPORT_WRITERS } from './begin-report.ts'
import { aboutReport, OneReport, reportToChange, withinReport } from './change-report.ts'
import { updateReport } from './report.store.ts'
import type { Report, ReportPhoto } from './report.ts'

/** Of the newest accepted activities so many are looked through. */
const MOST_ACTIVITIES = 200
const MOST_PHOTOS = 60

export interface PhotoOffered {
  readonly mediaId: Id<'media'>
  readonly activity: Activity
  /** Why it may not be shown: faces that nobody has blurred or answered for. */
  readonly whyNot: Refusal | null
}

/** Photographs of accepted activities of the report's days, newest first; their faces blurred or answered for. */
export async function photosFor(ctx: Ctx, report: Report): Promise<PhotoOffered[]> {
  const filter = {
    campaignId: report.campaignId,
    states: ['accepted'] as const,
    dayFrom: report.from,
    dayTo: report.to,
  }
  const activities = await activitiesWhere(ctx.db, filter, null, MOST_ACTIVITIES)
  const proofs = await proofsOfAll(
    ctx.db,
    activities.map(({ id }) => id),
  )
  const offered: PhotoOffered[] = []
  for (const activity of activities) {
    for (const { kind, mediaId, doubtful } of proofs.get(activity.id) ?? []) {
      if (kind !== 'photo' || mediaId === null || doubtful || offered.length >= MOST_PHOTOS) continue
      const shown = (await blurredFrom(ctx.db, mediaId)) ?? mediaId
      offered.push({ mediaId: shown, activity, whyNot: await whyNotShow(ctx, shown) })
    }
  }
  return offered
}

/** Chooses what the photo annex shows, in this order. */
export const choosePhotos = action('report.choose_photos', {
  input: v.object({
    ...OneReport.entries,
    photos: v.pipe(
      v.array(
        v.object({
          mediaId: idOf<'media'>(),
          caption: v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(500)),
        }),
      ),
      v.maxLength(MOST_PHOTOS),
    ),
  }),
  may: { who: 'roles', roles: REPORT_WRITERS, within: withinReport },
  records: ({ reportId, photos }) => aboutReport(reportId, { count: photos.length }),
  async run(ctx, { photos, ...which }) {
    const report = await reportToChange(ctx, which)
    const offered = new Set((await photosFor(ctx, report)).map(({ mediaId }) => mediaId))
    const kept = new Set(report.photos.map(({ mediaId }) => mediaId))
    const chosen: ReportPhoto[] = []
    for (const photo of photos) {
      if (!offered.has(photo.mediaId) && !kept.has(photo.mediaId))
        throw new Refusal('report.photo_not_offered', {}, 'photos')
      chosen.push(await photoOf(ctx, photo))
    }
    await updateReport(ctx.db, report.id, { photos: chosen })
  },
})

async function photoOf(
  ctx: Ctx,
  { mediaId, caption }: { mediaId: Id<'media'>; caption: string },
): Promise<ReportPhoto> {
  const refusal = await whyNotShow(ctx, mediaId)
  if (refusal) throw refusal
  const media = await mediaById(ctx.db, mediaId)
  // Never the file as it came: what is shown of it was made anew and carries no place.
  const size = await sizeOf(ctx.db, mediaId, 'large')
  if (!media || !size) throw new Refusal('media.is_waiting', {}, 'photos')
  return { mediaId, sha256: size.sha256, caption, alternative: media.alternative || caption }
}

async function whyNotShow(ctx: Ctx, mediaId: Id<'media'>): Promise<Refusal | null> {
  const media = await mediaById(ctx.db, mediaId)
  if (!media || media.withdrawnAt !== null) return new Refusal('media.not_found', {}, 'photos')
  if (media.state !== 'ready') return new Refusal(media.state === 'broken' ? 'media.is_broken' : 'media.is_waiting')
  return whyNotInStory(media)
}
