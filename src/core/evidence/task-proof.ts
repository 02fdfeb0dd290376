import type { Ctx, Id } from '../kernel/index.ts'
import { messageById } from '../message/index.ts'
import { organisationsWhere } from '../organisation/index.ts'
import { outletById } from '../outlet/index.ts'
import { deliveryOfTask, releaseById } from '../release/index.ts'
import type { Task } from '../task/index.ts'
import { activityById } from './activity.store.ts'
import { REMOVAL, REMOVAL_ORIGIN } from './removal.ts'

/** What a task already says of the activity that proves it: the officer types none of it again. */
export interface ProofOfTask {
  /** Null where the ways out of the task say it. */
  readonly kind: string | null
  readonly placeId: Id<'place'>
  /** Where exactly; empty where the task does not say. */
  readonly spot: string
  readonly campaignId: Id<'campaign'> | null
  readonly releaseId: Id<'release'> | null
  readonly messageId: Id<'message'> | null
  readonly themeId: Id<'campaign_part'> | null
  /** One such activity does the task: it is closed by it. */
  readonly closes: boolean
}

/** What a task says of its proof: by the row of the ledger it comes from, by what is to be taken down, or by its body alone. */
export async function proofOfTask(ctx: Ctx, task: Task): Promise<ProofOfTask> {
  const plain = await plainProof(ctx, task)
  if (task.originKind === 'delivery') return (await proofOfDelivery(ctx, task, plain)) ?? plain
  if (task.originKind === REMOVAL_ORIGIN) return (await proofOfRemoval(ctx, task, plain)) ?? plain
  if (task.originKind === 'recall') {
    // The recall of a message names it as its origin.
    return { ...plain, kind: REMOVAL, closes: true, ...(await messageOf(ctx, task.originId as Id<'message'> | null)) }
  }
  return plain
}

async function plainProof(ctx: Ctx, task: Task): Promise<ProofOfTask> {
  const [body] = await organisationsWhere(ctx.db, [task.organisationId])
  if (!body) throw new Error(`the body of task ${task.id} is gone; bodies are never erased`)
  return {
    kind: null,
    placeId: body.placeId,
    spot: '',
    campaignId: task.campaignId as Id<'campaign'> | null, // whoever sets a task names a campaign
    releaseId: null,
    messageId: null,
    themeId: null,
    closes: false,
  }
}

async function proofOfDelivery(ctx: Ctx, task: Task, plain: ProofOfTask): Promise<ProofOfTask | null> {
  const row = await deliveryOfTask(ctx.db, task.id)
  const release = row && (await releaseById(ctx.db, row.releaseId))
  const outlet = row && (await outletById(ctx.db, row.outletId))
  if (!release || !outlet) return null
  return {
    ...plain,
    kind: release.kind === 'recall' ? REMOVAL : null,
    placeId: outlet.placeId,
    spot: outlet.name,
    campaignId: release.campaignId,
    releaseId: release.id,
    closes: true,
    ...(await messageOf(ctx, release.messageId)),
  }
}

async function proofOfRemoval(ctx: Ctx, task: Task, plain: ProofOfTask): Promise<ProofOfTask | null> {
  const hung = await activityById(ctx.db, task.originId as Id<'activity'>) // as `removal.ts` set it
  if (!hung) return null
  const { placeId, spot, campaignId, releaseId, messageId, themeId } = hung
  return { ...plain, kind: REMOVAL, placeId, spot, campaignId, releaseId, messageId, themeId, closes: true }
}

async function messageOf(ctx: Ctx, messageId: Id<'message'> | null) {
  const message = messageId && (await messageById(ctx.db, messageId))
  if (!message) return {}
  // A message of several themes is counted under its first: no figure counts one activity twice.
  return { messageId: message.id, themeId: (message.themes[0] ?? null) as Id<'campaign_part'> | null }
}
