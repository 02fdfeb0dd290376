import { sentenceOf } from '#app/wording/words.ts'
import { Refusal, type Ctx } from '#core/kernel/index.ts'
import { messageById } from '#core/message/index.ts'
import {
  AIRING_WAYS,
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
import type { Actions, PageServerLoad } from './$types.ts'

/** So many parts of its time may have a rule of their own on one page. */
const PARTS = 4
const CONFLICTS_SHOWN = 40

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const release = await releaseAt(ctx, params.id)
  const days = await daysOfRelease(ctx, release.id)
  const asked = periodsIn(url.searchParams)
  const periods = asked.length > 0 ? asked : ((await airingOf(ctx.db, release.id)) ?? [])
  const preview =
    asked.length > 0 ? await previewLayout(ctx, { releaseId: release.id, periods: asked }).catch(none) : null
  const conflicts = preview?.stations.flatMap(({ station, conflicts: own }) =>
    [...Map.groupBy(own, ({ why, what }) => `${why} ${what}`).values()].flatMap(([first, ...more]) =>
      first
        ? [
            {
              station: station.name,
              count: more.length + 1,
              day: first.day,
              words: w(`programme_conflict_${first.why}`, { what: first.what }),
            },
          ]
        : [],
    ),
  )
  const refusal = await layOutRelease.whyNot(ctx, { releaseId: release.id, periods: [] })
  const broadcasts = await heardBroadcasts(ctx.db, { releaseId: release.id })
  const first: Period = { from: days?.from ?? '', to: days?.to ?? '', on: 'daily', timesAWeek: 2, timesADay: 1 }
  return {
    releaseId: release.id,
    title: (await messageById(ctx.db, release.messageId))?.workingTitle ?? '',
    days,
    parts: Array.from({ length: PARTS }, (_, at) => periods[at] ?? (at === 0 ? first : null)),
    ways: AIRING_WAYS.map((value) => ({ value, name: w(`programme_on_${value}`) })),
    preview: preview && {
      plays: preview.plays,
      stations: preview.stations.length,
      conflicts: preview.conflicts,
      months: preview.months,
    },
    conflicts: (conflicts ?? []).slice(0, CONFLICTS_SHOWN),
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

/** The parts that have a first and a last day; what is in them the action looks at. */
function periodsIn(given: URLSearchParams | FormData): Period[] {
  const text = (name: string) => {
    const value = given.get(name)
    return typeof value === 'string' ? value : ''
  }
  return Array.from({ length: PARTS }, (_, at) => at).flatMap((at) => {
    const [from, to, times] = [text(`from${at}`), text(`to${at}`), text(`timesADay${at}`)]
    if (from === '' || to === '') return []
    const on = AIRING_WAYS.find((one) => one === text(`on${at}`)) ?? 'daily'
    return [
      {
        from,
        to,
        on,
        timesAWeek: Number(text(`timesAWeek${at}`)) || 2,
        timesADay: times === '' ? null : Number(times),
      },
    ]
  })
}

export const actions: Actions = {
  layOut: act(layOutRelease, {
    input: (_data, { params, url }) => ({ releaseId: params.id ?? '', periods: periodsIn(url.searchParams) }),
    then: (_count, { params }) => `${paths.releaseProgramme(params.id ?? '')}?done=programme_laid_out`,
  }),
}
