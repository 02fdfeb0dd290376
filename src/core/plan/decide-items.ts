import * as v from 'valibot'
import { actingPerson, action, idOf, newId, Refusal, refuseIf, type Ctx, type Id, type Role } from '../kernel/index.ts'
import { insertAdded, itemById, itemsOf, setDecision } from './item.store.ts'
import { ITEM_KINDS, type Item, type ItemValues } from './item.ts'
import { ITEM_VALUES } from './item-values.ts'
import { lockPlan, planById, setHead } from './plan.store.ts'
import { whyNot, type Plan } from './plan.ts'

const DECIDERS: readonly Role[] = ['campaign_officer', 'leader', 'administrator']

const may = {
  who: 'roles' as const,
  roles: DECIDERS,
  within: async (ctx: Ctx, input: { planId: Id<'plan'> }) =>
    (await planById(ctx.db, input.planId))?.organisationId ?? null,
}

const OneItem = v.object({ planId: idOf<'plan'>(), itemId: idOf<'plan_item'>() })

/** Says that the machine read this one rightly; what was corrected or dropped by mistake comes back as read. */
export const markRight = action('plan.mark_right', {
  input: OneItem,
  may,
  records: ({ planId }, item: Item) => changed(planId, item),
  async run(ctx, input) {
    const item = await itemToDecide(ctx, input)
    if (item.machine === null) throw new Refusal('plan.item_added_by_hand')
    await decide(ctx, [item.id], { state: 'right', value: item.machine })
    return item
  },
})

/** Says it of everything not yet looked at; answers how many that were. */
export const markRestRight = action('plan.mark_rest_right', {
  input: v.object({ planId: idOf<'plan'>() }),
  may,
  records: ({ planId }, count: number) => ({ subject: 'plan', subjectId: planId, facts: { count } }),
  async run(ctx, { planId }) {
    await planToDecide(ctx, planId)
    const open = (await itemsOf(ctx.db, planId)).filter((item) => item.state === 'proposed')
    await decide(
      ctx,
      open.map((item) => item.id),
      { state: 'right' },
    )
    return open.length
  },
})

/** Puts a person's value in the place of the machine's, which is kept beside it for ever. */
export const correctItem = action('plan.correct_item', {
  input: v.object({ ...OneItem.entries, value: v.record(v.string(), v.unknown()) }),
  may,
  records: ({ planId }, item: Item) => changed(planId, item),
  async run(ctx, input) {
    const item = await itemToDecide(ctx, input)
    const value = valueFor(item.kind, asWritten(item, { ...item.value, ...input.value }))
    await decide(ctx, [item.id], { state: item.machine === null ? 'added' : 'corrected', value })
    if (item.kind === 'head') await keepHead(ctx, input.planId, value)
    return item
  },
})

/** Adds what the machine did not see. */
export const addItem = action('plan.add_item', {
  input: v.object({
    planId: idOf<'plan'>(),
    kind: v.picklist(ITEM_KINDS.filter((kind) => kind !== 'head')),
    value: v.record(v.string(), v.unknown()),
  }),
  may,
  records: ({ planId, kind }) => ({ subject: 'plan', subjectId: planId, facts: { kind } }),
  async run(ctx, { planId, kind, value }) {
    await planToDecide(ctx, planId)
    const id = newId<'plan_item'>()
    const item = { id, planId, kind, key: `added:${id}`, ordinal: 1_000_000, value: valueFor(kind, value) }
    await insertAdded(ctx.db, item, actingPerson(ctx), ctx.clock.now())
    return id
  },
})

/** Says that this is none: it counts for nothing, and stays in the record. */
export const dropItem = action('plan.drop_item', {
  input: OneItem,
  may,
  records: ({ planId }, item: Item) => changed(planId, item),
  async run(ctx, input) {
    const item = await itemToDecide(ctx, input)
    if (item.kind === 'head') throw new Refusal('plan.head_is_needed')
    await decide(ctx, [item.id], { state: 'dropped' })
    return item
  },
})

async function itemToDecide(ctx: Ctx, input: v.InferOutput<typeof OneItem>): Promise<Item> {
  await planToDecide(ctx, input.planId)
  const item = await itemById(ctx.db, input.itemId)
  if (!item || item.planId !== input.planId) throw new Refusal('plan.item_not_found')
  return item
}

async function planToDecide(ctx: Ctx, planId: Id<'plan'>): Promise<Plan> {
  const plan = await lockPlan(ctx.db, planId)
  if (!plan) throw new Refusal('plan.not_found')
  refuseIf(whyNot(plan, 'decideItems'))
  return plan
}

function valueFor(kind: Item['kind'], value: Record<string, unknown>): Record<string, unknown> {
  const parsed = v.safeParse(ITEM_VALUES[kind], value)
  if (parsed.success) return parsed.output
  throw new Refusal(
    'plan.item_value',
    { kind },
    parsed.issues[0].path?.map((step) => String(step.key)).join('.') ?? null,
  )
}

async function keepHead(ctx: Ctx, planId: Id<'plan'>, value: Record<string, unknown>): Promise<void> {
  const { type, notation, issuer, issuedOn, title } = v.parse(ITEM_VALUES.head, value)
  await setHead(ctx.db, planId, { type, notation, issuer, issuedOn, title })
}

function decide(ctx: Ctx, ids: readonly Id<'plan_item'>[], decision: Parameters<typeof setDecision>[2]): Promise<void> {
  return setDecision(ctx.db, ids, decision, actingPerson(ctx), ctx.clock.now())
}

function changed(planId: Id<'plan'>, item: Item) {
  return { subject: 'plan', subjectId: planId, facts: { kind: item.kind, item: item.id } }
}

/** A person who leaves the day and the bodies as they were leaves the document's own words for them, too. */
function asWritten(item: Item, value: Record<string, unknown>): Record<string, unknown> {
  if (item.kind !== 'duty') return value
  const { deadline, assignees } = value as Partial<ItemValues['duty']> // valueFor checks its shape next
  const { value: before } = item
  return {
    ...value,
    ...(before.deadline && deadline?.to === before.deadline.to && { deadline: before.deadline }),
    ...(codesIn(assignees) === codesIn(before.assignees) && { assignees: before.assignees }),
  }
}

function codesIn(assignees: readonly { readonly organisations: readonly string[] }[] | undefined): string {
  return (assignees ?? [])
    .flatMap(({ organisations }) => organisations)
    .toSorted()
    .join()
}
