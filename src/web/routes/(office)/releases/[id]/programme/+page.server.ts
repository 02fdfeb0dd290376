import { sentenceOf } from '#app/wording/words.ts'
import { Refusal, type Ctx } from '#core/kernel/index.ts'
import { messageById } from '#core/message/index.ts'
import {
  airingOf,
  daysOfRelease,
  heardBroadcasts,
  layOutRelease,
  previewLayout,
  sumOfHeard,
  tallyOfRelease,
  type Period,
} from '#core/programme/index.ts'
import { releaseById, type Release } from '#core/release/index.ts'
import { act } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { conflictsShown, partsOf, periodsIn, waysOf } from '../../../programme/layout-form.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const CONFLICTS_SHOWN = 40

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const release = await releaseAt(ctx, params.id)
  const days = await daysOfRelease(ctx, release.id)
  const asked = periodsIn(url.searchParams)
  const periods = asked.length > 0 ? asked : ((await airingOf(ctx.db, release.id)) ?? [])
  const preview =
    asked.length > 0 ? await previewLayout(ctx, { releaseId: release.id, periods: asked }).catch(none) : null
  const refusal = await layOutRelease.whyNot(ctx, { releaseId: release.id, periods: [] })
  const broadcasts = await heardBroadcasts(ctx.db, { releaseId: release.id })
  const first: Period = { from: days?.from ?? '', to: days?.to ?? '', on: 'daily', timesAWeek: 2, timesADay: 1 }
  return {
    releaseId: release.id,
    title: (await messageById(ctx.db, release.messageId))?.workingTitle ?? '',
    days,
    parts: partsOf(periods.length > 0 ? periods : [first]),
    ways: waysOf(w),
    preview: preview && {
      plays: preview.plays,
      stations: preview.stations.length,
      conflicts: preview.conflicts,
      months: preview.months,
    },
    conflicts: preview ? conflictsShown(w, preview).slice(0, CONFLICTS_SHOWN) : [],
    asked: asked.length > 0 ? url.search : null,
    heard: broadcasts.length > 0 ? { ...sumOfHeard(broadcasts) } : null,
    tally: await tallyOfRelease(ctx.db, release.id),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

const none = () => null

async function releaseAt(ctx: Ctx, given: string): Promise<Release> {
  const id = givenId<'release'>(given)
  const release = id && (await releaseById(ctx.db, id))
  if (!release) throw new Refusal('release.not_found')
  return release
}

export const actions: Actions = {
  layOut: act(layOutRelease, {
    input: (_data, { params, url }) => ({ releaseId: params.id ?? '', periods: periodsIn(url.searchParams) }),
    then: (_count, { params }) => `${paths.releaseProgramme(params.id ?? '')}?done=programme_laid_out`,
  }),
}
