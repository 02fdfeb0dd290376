import * as v from 'valibot'
import { CHANNELS } from '../channel/index.ts'
import { action, DaySchema, Refusal, tidy, type Role } from '../kernel/index.ts'
import { BREAKDOWNS } from './catalogue.ts'
import { readCatalogue, upsertIndicator, upsertKind, upsertPart } from './catalogue.store.ts'

const KEEPERS: readonly Role[] = ['administrator', 'campaign_officer']
const may = { who: 'roles' as const, roles: KEEPERS }

const Code = v.pipe(v.string(), v.trim(), v.regex(/^[a-z][a-z0-9_]{0,39}$/))
const words = (least: number, most: number) =>
  v.pipe(v.string(), v.transform(tidy), v.minLength(least), v.maxLength(most))
const Common = { code: Code, name: words(1, 120), ordinal: v.number(), endedOn: v.nullish(DaySchema, null) }

/** Adds a kind of activity or amends it; what was sent of it stays as it was counted. */
export const keepKind = action('evidence.keep_kind', {
  input: v.object({
    ...Common,
    channel: v.picklist(CHANNELS),
    staysDays: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3_650)), null),
    indicators: v.pipe(
      v.array(v.object({ code: Code, preset: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0)), null) })),
      v.minLength(1),
      v.maxLength(12),
    ),
  }),
  may,
  records: ({ code }) => ({ subject: 'activity_kind', subjectId: code, facts: {} }),
  async run(ctx, kind) {
    const known = new Set((await readCatalogue(ctx.db)).indicators.map(({ code }) => code))
    const stranger = kind.indicators.find(({ code }) => !known.has(code))
    if (stranger) throw new Refusal('evidence.no_such_indicator', { code: stranger.code }, 'indicators')
    await upsertKind(ctx.db, kind)
  },
})

/** Adds an indicator or amends its words. Its unit is fixed once anything was counted of it: another unit is another indicator. */
export const keepIndicator = action('evidence.keep_indicator', {
  input: v.object({
    ...Common,
    unit: words(1, 40),
    definition: v.optional(words(0, 1_000), ''),
    counting: v.optional(words(0, 1_000), ''),
    people: v.optional(v.boolean(), false),
  }),
  may,
  records: ({ code }) => ({ subject: 'indicator', subjectId: code, facts: {} }),
  async run(ctx, indicator) {
    const standing = (await readCatalogue(ctx.db)).indicators.find(({ code }) => code === indicator.code)
    if (standing && (standing.unit !== indicator.unit || standing.people !== indicator.people)) {
      throw new Refusal('evidence.unit_fixed', { unit: standing.unit }, 'unit')
    }
    await upsertIndicator(ctx.db, indicator)
  },
})

/** Adds a part by which people are told apart, or amends its name. */
export const keepPart = action('evidence.keep_part', {
  input: v.object({
    ...Common,
    code: v.pipe(v.string(), v.trim(), v.regex(/^[a-z0-9_]{1,40}$/)),
    breakdown: v.picklist(BREAKDOWNS),
  }),
  may,
  records: ({ breakdown, code }) => ({ subject: 'people_part', subjectId: `${breakdown}:${code}`, facts: {} }),
  run: (ctx, part) => upsertPart(ctx.db, part),
})
