import * as v from 'valibot'
import { actingPerson, action, idOf, newId, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { organisationIdsByCode } from '../organisation/index.ts'
import { amendTask, setTasks, tasksByOriginKey, withdrawTask } from '../task/index.ts'
import { campaignOfPlan, insertCampaign, moveCampaign, setCampaignContent, type Campaign } from './campaign.store.ts'
import { chargesOf, type ItemCharge } from './charges.ts'
import { compareDuties } from './compare-duties.ts'
import { itemsOf } from './item.store.ts'
import type { Item } from './item.ts'
import { lockPlan, planById, setConfirmed, setSuperseded } from './plan.store.ts'
import { whyNotConfirm, type Plan, type Readiness } from './plan.ts'

export interface Confirmed {
  readonly campaignId: Id<'campaign'>
  readonly tasksSet: number
  readonly tasksChanged: number
  readonly tasksWithdrawn: number
}

/**
 * The campaign stands: periods, themes, slogans, hotlines and channels as the person confirmed them, and one task for
 * each duty and organisation. For an amended plan only the tasks that changed are issued again; the rest keep their history.
 */
export const confirmPlan = action('plan.confirm', {
  input: v.object({ planId: idOf<'plan'>() }),
  may: {
    who: 'roles',
    roles: ['campaign_officer', 'leader', 'administrator'],
    within: async (ctx, { planId }) => (await planById(ctx.db, planId))?.organisationId ?? null,
  },
  records: ({ planId }, result: Confirmed) => ({
    subject: 'plan',
    subjectId: planId,
    facts: {
      campaign: result.campaignId,
      set: result.tasksSet,
      changed: result.tasksChanged,
      withdrawn: result.tasksWithdrawn,
    },
  }),
  async run(ctx, { planId }): Promise<Confirmed> {
    const plan = await lockPlan(ctx.db, planId)
    if (!plan) throw new Refusal('plan.not_found')
    const standing = (await itemsOf(ctx.db, planId)).filter((item) => item.state !== 'dropped')
    refuseIf(whyNotConfirm(plan, readinessOf(standing)))
    await setConfirmed(ctx.db, planId, actingPerson(ctx), ctx.clock.now())

    const amended = plan.amends ? await lockPlan(ctx.db, plan.amends) : null
    const campaign = amended ? await takeOver(ctx, plan, amended) : await open(ctx, plan)
    await setCampaignContent(ctx.db, campaign.id, standing)
    const before = amended ? chargesOf(await itemsOf(ctx.db, amended.id)) : []
    return { campaignId: campaign.id, ...(await issueTasks(ctx, campaign, before, chargesOf(standing))) }
  },
})

/** What stands in the way of confirming, counted. */
export function readinessOf(items: readonly Item[]): Readiness {
  const standing = items.filter((item) => item.state !== 'dropped')
  const duties = standing.filter((item) => item.kind === 'duty')
  return {
    proposed: standing.filter((item) => item.state === 'proposed').length,
    duties: duties.length,
    unresolved: duties.filter((item) => item.value.assignees.every((assignee) => assignee.organisations.length === 0))
      .length,
  }
}

async function open(ctx: Ctx, plan: Plan): Promise<Campaign> {
  const campaign: Campaign = {
    id: newId<'campaign'>(),
    planId: plan.id,
    organisationId: plan.organisationId,
    name: nameOf(plan),
    openedAt: ctx.clock.now(),
  }
  await insertCampaign(ctx.db, campaign)
  return campaign
}

async function takeOver(ctx: Ctx, plan: Plan, amended: Plan): Promise<Campaign> {
  const campaign = await campaignOfPlan(ctx.db, amended.id)
  if (!campaign) throw new Refusal('plan.not_confirmed', { doing: 'amend' })
  await setSuperseded(ctx.db, amended.id)
  await moveCampaign(ctx.db, campaign.id, plan.id, nameOf(plan))
  return { ...campaign, planId: plan.id }
}

function nameOf(plan: Plan): string {
  return plan.title ?? plan.notation ?? plan.fileName
}

async function issueTasks(
  ctx: Ctx,
  campaign: Campaign,
  before: readonly ItemCharge[],
  after: readonly ItemCharge[],
): Promise<Omit<Confirmed, 'campaignId'>> {
  const { added, changed, removed } = compareDuties(before, after)
  const ids = await organisationIdsByCode(ctx.db, [...new Set(added.map((charge) => charge.organisation))])
  const unknown = added.find((charge) => !ids.has(charge.organisation))
  if (unknown) throw new Refusal('plan.unknown_organisation', { code: unknown.organisation })
  const system: Ctx = { ...ctx, actor: { kind: 'system', name: 'plan.confirm' } }

  await setTasks(system, {
    tasks: added.map((charge) => ({ ...taskOf(charge, campaign), organisationId: ids.get(charge.organisation) ?? '' })),
  })
  const keys = [...changed.map((pair) => pair.before), ...removed].map((charge) => originKey(charge, campaign))
  const standing = await tasksByOriginKey(ctx.db, keys)
  const taskByKey = new Map(standing.map((task) => [task.originKey, task.id]))
  for (const { before: old, after: now } of changed) {
    const taskId = taskByKey.get(originKey(old, campaign))
    if (taskId) await amendTask(system, { ...taskOf(now, campaign), taskId })
  }
  for (const old of removed) {
    const taskId = taskByKey.get(originKey(old, campaign))
    if (taskId) await withdrawTask(system, { taskId, reason: 'plan_amended' })
  }
  return { tasksSet: added.length, tasksChanged: changed.length, tasksWithdrawn: removed.length }
}

function taskOf(charge: ItemCharge, campaign: Campaign) {
  const { duty, itemId } = charge
  return {
    originKind: 'plan_duty',
    originId: itemId,
    originKey: originKey(charge, campaign),
    campaignId: campaign.id,
    assignedBy: campaign.organisationId,
    clause: duty.clause,
    detail: duty.text,
    role: duty.role,
    mode: duty.mode,
    channels: [...duty.channels],
    outputs: [...duty.outputs],
    dueOn: duty.deadline?.to ?? null,
    dueWords: duty.deadline?.text ?? null,
    rhythm: duty.rhythm,
  }
}

function originKey(charge: ItemCharge, campaign: Campaign): string {
  return `${campaign.id}:${charge.key}`
}
