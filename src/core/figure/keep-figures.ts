import * as v from 'valibot'
import { readCatalogue } from '../evidence/index.ts'
import { actingPerson, action, DaySchema, idOf, Refusal, tidy, type Ctx, type Role } from '../kernel/index.ts'
import { campaignById, linesOf } from '../plan/index.ts'
import { setPublicFigures, setTargetIndicator, upsertRegime } from './keeping.store.ts'

const KEEPERS: readonly Role[] = ['administrator', 'campaign_officer']
const words = (least: number, most: number) =>
  v.pipe(v.string(), v.transform(tidy), v.minLength(least), v.maxLength(most))

/** Adds a reporting regime or amends it: on which day of the month before its periods begin. */
export const keepRegime = action('figure.keep_regime', {
  input: v.object({
    code: v.pipe(v.string(), v.trim(), v.regex(/^[a-z][a-z0-9_]{0,39}$/)),
    name: words(1, 120),
    firstDay: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(28)),
    source: v.optional(words(0, 500), ''),
    ordinal: v.optional(v.number(), 100),
    endedOn: v.nullish(DaySchema, null),
  }),
  may: { who: 'roles', roles: KEEPERS },
  records: ({ code, firstDay }) => ({ subject: 'reporting_regime', subjectId: code, facts: { firstDay } }),
  run: (ctx, regime) => upsertRegime(ctx.db, regime),
})

/** Says by which indicator a target of a plan is measured; none takes it away. Nobody but a person says so: words are not guessed at. */
export const linkTarget = action('figure.link_target', {
  input: v.object({
    campaignId: idOf<'campaign'>(),
    target: v.pipe(v.string(), v.minLength(1), v.maxLength(8_000)),
    indicator: v.nullish(v.pipe(v.string(), v.maxLength(40)), null),
  }),
  may: {
    who: 'roles',
    roles: KEEPERS,
    within: async (ctx, { campaignId }) => (await campaignById(ctx.db, campaignId))?.organisationId ?? null,
  },
  records: ({ campaignId, indicator }) => ({
    subject: 'campaign',
    subjectId: campaignId,
    facts: { indicator: indicator ?? '' },
  }),
  async run(ctx, link) {
    const targets = (await linesOf(ctx.db, link.campaignId)).filter(({ kind }) => kind === 'target')
    if (!targets.some(({ value }) => value['text'] === link.target)) throw new Refusal('figure.no_such_target')
    if (link.indicator !== null) await refuseUnknown(ctx, [link.indicator])
    await setTargetIndicator(ctx.db, link, { linkedBy: actingPerson(ctx), linkedAt: ctx.clock.now() })
  },
})

/** Chooses what the public sees of the figures, and turns the page on or off. */
export const keepPublicFigures = action('figure.keep_public', {
  input: v.object({
    shown: v.boolean(),
    indicators: v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(12)),
    dayFrom: DaySchema,
    dayTo: v.nullish(DaySchema, null),
    placeId: v.nullish(idOf<'place'>(), null),
  }),
  may: { who: 'roles', roles: ['administrator', 'leader'] },
  records: ({ shown, indicators }) => ({
    subject: 'public_figures',
    subjectId: null,
    facts: { shown: String(shown), indicators: indicators.join(';') },
  }),
  async run(ctx, chosen) {
    if (chosen.shown && chosen.indicators.length === 0) throw new Refusal('figure.none_chosen', {}, 'indicators')
    if (chosen.dayTo !== null && chosen.dayTo < chosen.dayFrom) throw new Refusal('figure.days', {}, 'dayTo')
    await refuseUnknown(ctx, chosen.indicators)
    await setPublicFigures(ctx.db, chosen, { keptBy: actingPerson(ctx), keptAt: ctx.clock.now() })
  },
})

async function refuseUnknown(ctx: Ctx, codes: readonly string[]): Promise<void> {
  const known = new Set((await readCatalogue(ctx.db)).indicators.map(({ code }) => code))
  const stranger = codes.find((code) => !known.has(code))
  if (stranger !== undefined) throw new Refusal('evidence.no_such_indicator', { code: stranger })
}
