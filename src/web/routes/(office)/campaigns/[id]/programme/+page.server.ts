import { redirect } from '@sveltejs/kit'
import { sentenceOf } from '#app/wording/words.ts'
import { dayAt, Refusal, type Ctx, type Id } from '#core/kernel/index.ts'
import { messageById } from '#core/message/index.ts'
import { campaignById, periodsOf } from '#core/plan/index.ts'
import { airingOf, layOutRelease, layOutReleases, previewLayouts } from '#core/programme/index.ts'
import { runningReleases, type Release } from '#core/release/index.ts'
import { refuseForm } from '#web/forms/refused.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { conflictsShown, partsOf, periodsIn, waysOf } from '../../../programme/layout-form.ts'
import { proposedParts } from './proposed-parts.ts'
import type { Actions, PageServerLoad } from './$types.ts'

/** More than these a campaign does not lay out at once. */
const MOST_RELEASES = 20
const CONFLICTS_SHOWN = 10

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const campaign = await campaignAt(ctx, params.id)
  const releases = await runningReleases(ctx.db, campaign.id, 'loudspeaker', ctx.clock.now(), MOST_RELEASES)
  const periods = periodsIn(url.searchParams)
  const isAsked = url.searchParams.has('from0')
  const chosen = isAsked ? chosenOf(releases, url.searchParams) : releases
  const [first] = releases
  const refusal = first ? await layOutRelease.whyNot(ctx, { releaseId: first.id, periods: [] }) : null
  const named = await Promise.all(
    releases.map(async ({ id, messageId, lane }) => {
      const title = (await messageById(ctx.db, messageId))?.workingTitle ?? ''
      const hasRule = (await airingOf(ctx.db, id)) !== null
      const words = `${title} (${w(`programme_class_${lane}`)})`
      return { value: id as string, name: hasRule ? w('programme_campaign_has_rule', { name: words }) : words }
    }),
  )
  const today = dayAt(ctx.clock.now())
  return {
    campaign: { id: campaign.id, name: campaign.name },
    releases: named,
    ticked: chosen.map(({ id }) => id as string),
    parts: partsOf(isAsked ? periods : proposedParts(await periodsOf(ctx.db, campaign.id), today)),
    ways: waysOf(w),
    preview: isAsked ? await previewOf(ctx, w, chosen, periods) : null,
    missing: isAsked ? whatIsMissing(chosen, periods) : null,
    asked: url.search,
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

async function campaignAt(ctx: Ctx, given: string | undefined) {
  const id = givenId<'campaign'>(given)
  const campaign = id && (await campaignById(ctx.db, id))
  if (!campaign) throw new Refusal('plan.not_found')
  return campaign
}

function chosenOf(releases: readonly Release[], query: URLSearchParams): Release[] {
  const ids = new Set(query.getAll('release'))
  return releases.filter(({ id }) => ids.has(id))
}

type Periods = ReturnType<typeof periodsIn>

function whatIsMissing(releases: readonly Release[], periods: Periods) {
  const isBetween = (number: number, most: number) => Number.isInteger(number) && number >= 1 && number <= most
  if (releases.length === 0) return 'releases'
  if (periods.length === 0) return 'days'
  if (periods.some(({ from, to }) => from > to)) return 'turned'
  const isOdd = periods.some(({ timesAWeek, timesADay }) => !isBetween(timesAWeek, 7) || !isBetween(timesADay ?? 1, 24))
  return isOdd ? 'times' : null
}

/** Release by release what would be laid and what not, each beside those before it; nothing where anything is missing. */
async function previewOf(ctx: Ctx, w: App.Locals['w'], releases: readonly Release[], periods: Periods) {
  if (whatIsMissing(releases, periods) !== null) return null
  const ids = releases.map(({ id }) => id)
  const previews = await previewLayouts(ctx, ids, periods).catch(() => null)
  return (
    previews?.map((preview, at) => ({
      id: ids[at] as Id<'release'>, // one for each
      plays: preview.plays,
      stations: preview.stations.length,
      conflicts: preview.conflicts,
      shown: conflictsShown(w, preview).slice(0, CONFLICTS_SHOWN),
    })) ?? null
  )
}

export const actions: Actions = {
  layOut: async (event) => {
    const { ctx } = event.locals
    const data = await event.request.formData()
    const campaign = await campaignAt(ctx, event.params.id)
    try {
      const running = await runningReleases(ctx.db, campaign.id, 'loudspeaker', ctx.clock.now(), MOST_RELEASES)
      const chosen = chosenOf(running, event.url.searchParams)
      await layOutReleases(
        ctx,
        chosen.map(({ id }) => id),
        periodsIn(event.url.searchParams),
      )
    } catch (thrown) {
      return refuseForm(event, thrown, data)
    }
    return redirect(303, `${paths.campaignProgramme(campaign.id)}?done=programme_campaign_laid_out`)
  },
}
