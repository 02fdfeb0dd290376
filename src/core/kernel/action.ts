import * as v from 'valibot'
import type { AuditEntry, Ctx } from './context.ts'
import type { Id } from './id.ts'
import { InputRefusal, Refusal } from './refusal.ts'
import type { Role } from './role.ts'

/**
 * Who may: anybody at all, any signed-in person, the system alone, or who holds one of `roles`
 * in the organisation that `within` answers or in one above it. Without `within` the role may be held anywhere.
 */
export type May<Input> =
  | { readonly who: 'anybody' | 'signed_in' | 'system' }
  | {
      readonly who: 'roles'
      readonly roles: readonly Role[]
      readonly within?: (ctx: Ctx, input: Input) => Promise<Id<'organisation'> | null> | Id<'organisation'> | null
    }

interface Definition<Schema extends v.GenericSchema, Result> {
  readonly input: Schema
  readonly may: May<v.InferOutput<Schema>>
  /** What the audit keeps of it; null when nothing changed, as with a repeated import. */
  readonly records: (input: v.InferOutput<Schema>, result: NoInfer<Result>) => Omit<AuditEntry, 'action'> | null
  readonly run: (ctx: Ctx, input: v.InferOutput<Schema>) => Promise<Result>
}

export interface Action<Schema extends v.GenericSchema = v.GenericSchema, Result = unknown> {
  (ctx: Ctx, input: v.InferInput<Schema>): Promise<Result>
  readonly actionName: string
  readonly input: Schema
  readonly may: May<v.InferOutput<Schema>>
  /** The refusal that stands in this person's way, or null: what greys a button with its reason. */
  whyNot(ctx: Ctx, input: v.InferOutput<Schema>): Promise<Refusal | null>
}

/**
 * The only way to change data: checks the input, checks who may, runs in one transaction and appends the audit
 * entry in it; jobs enqueued inside become due with its commit. An action called inside an action joins its transaction.
 *
 * @throws InputRefusal for input of the wrong shape, Refusal for everything else a person can act on.
 */
export function action<Schema extends v.GenericSchema, Result>(
  name: string,
  definition: Definition<Schema, Result>,
): Action<Schema, Result> {
  const { input, may, records, run } = definition

  async function act(ctx: Ctx, given: v.InferInput<Schema>): Promise<Result> {
    const parsed = parse(input, given)
    return inTransaction(ctx, async (inside) => {
      const refusal = await whyNotAct(inside, may, parsed)
      if (refusal) throw refusal
      const result = await run(inside, parsed)
      const entry = records(parsed, result)
      if (entry) await inside.audit.append(inside.db, inside.clock.now(), inside.actor, { ...entry, action: name })
      return result
    })
  }

  return Object.assign(act, {
    actionName: name,
    input,
    may,
    whyNot: (ctx: Ctx, value: v.InferOutput<Schema>) => whyNotAct(ctx, may, value),
  })
}

function inTransaction<Result>(ctx: Ctx, work: (inside: Ctx) => Promise<Result>): Promise<Result> {
  if (ctx.inTransaction) return work(ctx)
  return ctx.db.transaction().execute((db) => work({ ...ctx, db, inTransaction: true }))
}

/** What a schema makes of what was given, for who asks what an action would do. @throws InputRefusal */
export function parse<Schema extends v.GenericSchema>(schema: Schema, given: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, given)
  if (result.success) return result.output
  throw new InputRefusal(
    result.issues.map((issue) => {
      const field = issue.path?.map((step) => String(step.key)).join('.') ?? null
      const empty = issue.received === 'undefined' || issue.received === '""' || issue.received === 'null'
      const code = empty ? 'required' : WORDED.has(issue.type) ? issue.type : 'other'
      return new Refusal(`input.${code}`, facts(issue), field)
    }),
  )
}

/** What valibot complains of in words of its own; the rest is `input.other`. */
const WORDED: ReadonlySet<string> = new Set(['max_length', 'min_length', 'picklist', 'check'])

function facts(issue: v.BaseIssue<unknown>): Record<string, string | number> {
  const requirement = 'requirement' in issue ? issue.requirement : undefined
  return typeof requirement === 'number' ? { limit: requirement } : {}
}

/** Why this actor, who holds none of the roles anywhere, may not see what is theirs alone; null when they may. */
export function whyNotSee({ actor }: Ctx, roles: readonly Role[]): Refusal | null {
  if (actor.kind === 'system') return null
  if (actor.kind === 'nobody') return new Refusal('access.sign_in')
  const held = actor.grants.some(({ role }) => roles.includes(role))
  return held ? null : new Refusal('access.role', { roles: roles.join(',') })
}

async function whyNotAct<Input>(ctx: Ctx, may: May<Input>, input: Input): Promise<Refusal | null> {
  const { actor } = ctx
  if (may.who === 'anybody' || actor.kind === 'system') return null
  if (actor.kind === 'nobody') return new Refusal('access.sign_in')
  if (may.who !== 'roles') return may.who === 'system' ? new Refusal('access.system_only') : null
  const held = actor.grants.filter((grant) => may.roles.includes(grant.role))
  const roles = may.roles.join(',')
  if (held.length === 0) return new Refusal('access.role', { roles })
  const organisationId = may.within ? await may.within(ctx, input) : null
  if (organisationId === null) return null
  const above = await ctx.hierarchy.above(ctx.db, organisationId)
  return held.some((grant) => above.has(grant.organisationId)) ? null : new Refusal('access.organisation', { roles })
}
