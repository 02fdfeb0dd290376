import { readCatalogue } from '#core/evidence/index.ts'
import {
  keepPublicFigures,
  keepRegime,
  linkTarget,
  publicFigures,
  questionOf,
  regimes,
  targetResults,
} from '#core/figure/index.ts'
import { dayAt, type Ctx, type Id } from '#core/kernel/index.ts'
import { placeById } from '#core/place/index.ts'
import { campaigns } from '#core/plan/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { placesNamed } from '#web/forms/named.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { targetsShown } from '../shown-targets.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const { indicators } = await readCatalogue(ctx.db)
  const known = await campaigns(ctx.db)
  const campaignId = givenId<'campaign'>(url.searchParams.get('campaign')) ?? known[0]?.id ?? null
  const today = dayAt(ctx.clock.now())
  const whole = questionOf({ from: '1900-01-01', to: today, mapDay: today })
  const chosen = await publicFigures(ctx.db)
  const regimeRefusal = await keepRegime.whyNot(ctx, {
    code: 'x',
    name: 'x',
    firstDay: 1,
    source: '',
    ordinal: 0,
    endedOn: null,
  })
  return {
    regimes: await regimes(ctx.db),
    campaigns: known.map(({ id, name }) => ({ value: id, name })),
    campaign: campaignId,
    targets: campaignId ? targetsShown(w, await targetResults(ctx.db, campaignId, whole)) : [],
    indicators: indicators.map(({ code, name, unit }) => ({ value: code, name: `${name} (${unit})` })),
    chosen: chosen && { ...chosen, place: await placeCode(ctx, chosen.placeId) },
    today,
    whyNotRegime: regimeRefusal && sentenceOf(w, regimeRefusal),
    whyNotLink: campaignId && (await whyNot(ctx, w, campaignId)),
    whyNotPublic: await keepPublicFigures
      .whyNot(ctx, { shown: false, indicators: [], dayFrom: today, dayTo: null, placeId: null })
      .then((refusal) => refusal && sentenceOf(w, refusal)),
  }
}

async function whyNot(ctx: Ctx, w: App.Locals['w'], campaignId: Id<'campaign'>): Promise<string | null> {
  const refusal = await linkTarget.whyNot(ctx, { campaignId, target: 'x', indicator: null })
  return refusal && sentenceOf(w, refusal)
}

async function placeCode(ctx: Ctx, placeId: Id<'place'> | null): Promise<string> {
  return placeId ? ((await placeById(ctx.db, placeId))?.code ?? '') : ''
}

export const actions: Actions = {
  regime: act(keepRegime, {
    input: (data) => ({
      code: fieldOf(data, 'code'),
      name: fieldOf(data, 'name'),
      firstDay: Number(fieldOf(data, 'firstDay')),
      source: fieldOf(data, 'source'),
    }),
    then: () => `${paths.figureSettings}?done=figure_regime_kept`,
  }),
  target: act(linkTarget, {
    input: (data) => ({
      campaignId: fieldOf(data, 'campaignId'),
      target: fieldOf(data, 'target'),
      indicator: fieldOf(data, 'indicator') || null,
    }),
    then: (_result, { url }) =>
      `${paths.figureSettings}?campaign=${url.searchParams.get('campaign') ?? ''}&done=figure_target_linked`,
  }),
  public: act(keepPublicFigures, {
    input: async (data, { locals: { ctx } }) => ({
      shown: data.has('shown'),
      indicators: data.getAll('indicators').map(String),
      dayFrom: fieldOf(data, 'dayFrom'),
      dayTo: fieldOf(data, 'dayTo') || null,
      placeId: (await placesNamed(ctx, fieldOf(data, 'place'), 'place'))[0] ?? null,
    }),
    then: () => `${paths.figureSettings}?done=figure_public_kept`,
  }),
}
