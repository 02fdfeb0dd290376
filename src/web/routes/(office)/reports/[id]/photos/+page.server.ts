import type { Id } from '#core/kernel/index.ts'
import { choosePhotos, photosFor, whyNotChangeReport } from '#core/report/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { dayWords } from '#web/lib/date-words.ts'
import { paths } from '#web/paths.ts'
import { reportOf } from '../../one-report.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const report = await reportOf(ctx, params.id)
  const refusal =
    (await choosePhotos.whyNot(ctx, { reportId: report.id, basedOn: null, photos: [] })) ??
    (await whyNotChangeReport(ctx, report))
  const captions = new Map(report.photos.map(({ mediaId, caption }) => [mediaId, caption]))
  const offered = await photosFor(ctx, report)
  return {
    report: { id: report.id, subject: report.subject, revision: report.revision },
    photos: offered.map(({ mediaId, activity, whyNot }) => ({
      mediaId,
      chosen: captions.has(mediaId),
      caption:
        captions.get(mediaId) ?? [activity.topic, activity.spot, dayWords(activity.day)].filter(Boolean).join(', '),
      whyNot: whyNot && sentenceOf(w, whyNot),
    })),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  default: act(choosePhotos, {
    input: (data, { params }) => ({
      reportId: params.id ?? '',
      basedOn: Number(fieldOf(data, 'basedOn')) || null,
      photos: data
        .getAll('media')
        .map(String)
        .map((mediaId) => ({ mediaId: mediaId as Id<'media'>, caption: fieldOf(data, `caption-${mediaId}`) })),
    }),
    then: (_result, { params }) => `${paths.report(params.id ?? '')}?done=report_photos`,
  }),
}
