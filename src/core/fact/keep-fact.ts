import * as v from 'valibot'
import { action, dayAt, DaySchema, idOf, newId, Refusal, type Id, type Role } from '../kernel/index.ts'
import { factByCode, setVerified, upsertFact } from './fact.store.ts'
import { factChangedJob } from './fact.jobs.ts'
import { FACT_KINDS, type Fact } from './fact.ts'

const day = v.nullish(DaySchema, null)
const words = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most))

const Keep = v.pipe(
  v.object({
    kind: v.picklist(FACT_KINDS),
    code: v.pipe(v.string(), v.trim(), v.regex(/^[\p{L}\p{N}][\p{L}\p{N}/._-]{0,79}$/u)),
    name: words(400),
    value: words(400),
    issuedOn: day,
    validFrom: day,
    validTo: day,
    replacedBy: v.nullish(words(80), null),
    verifiedOn: day,
    verifiedBy: v.nullish(words(200), null),
    verifyEveryDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3_660)), 365),
    source: v.nullish(words(600), null),
    ownerId: v.nullish(idOf<'organisation'>(), null),
  }),
  v.check(({ validFrom, validTo }) => validFrom === null || validTo === null || validFrom <= validTo, 'order'),
)

export const KEEPERS: readonly Role[] = ['administrator', 'campaign_officer', 'content_officer']

/** Adds a fact, or corrects the one of the same code; wherever it is referred to, it is correct from then on. */
export const keepFact = action('fact.keep', {
  input: Keep,
  may: { who: 'roles', roles: KEEPERS },
  records: ({ kind, code }) => ({ subject: 'fact', subjectId: code, facts: { kind } }),
  async run(ctx, input) {
    const before = await factByCode(ctx.db, input.code)
    await upsertFact(ctx.db, { ...input, id: before?.id ?? newId<'fact'>() })
    if (before && saysOther(before, input)) await ctx.jobs.add(ctx.db, factChangedJob, { code: input.code })
  },
})

/** Whether texts that refer to it read otherwise now. */
function saysOther(before: Fact, now: Pick<Fact, 'name' | 'value'>): boolean {
  return before.name !== now.name || before.value !== now.value
}

/** Somebody vouches that the fact is true today. */
export const verifyFact = action('fact.verify', {
  input: v.object({ code: v.string() }),
  may: { who: 'roles', roles: KEEPERS },
  records: ({ code }, id: Id<'fact'>) => ({ subject: 'fact', subjectId: code, facts: { id } }),
  async run(ctx, { code }) {
    const fact = await factByCode(ctx.db, code)
    if (!fact) throw new Refusal('fact.not_found', { code })
    const by = ctx.actor.kind === 'person' ? ctx.actor.name : 'Loa'
    await setVerified(ctx.db, fact.id, dayAt(ctx.clock.now()), by)
    return fact.id
  },
})
