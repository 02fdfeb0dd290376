import * as v from 'valibot'
import { actingPerson, action, dayAt, idOf, Refusal, refuseIf, type Ctx, type Day, type Id } from '../kernel/index.ts'
import { organisationsWhere } from '../organisation/index.ts'
import { placeById } from '../place/index.ts'
import { campaignById } from '../plan/index.ts'
import { taskById, type Task } from '../task/index.ts'
import { About } from './activity-input.ts'
import { activityById, insertActivity } from './activity.store.ts'
import type { Activity } from './activity.ts'
import { addFile, addLink, GivenFile } from './attach-proof.ts'
import { inUse, type ActivityKind, type Catalogue } from './catalogue.ts'
import { readCatalogue } from './catalogue.store.ts'
import { closeTask } from './close-task.ts'
import { countsKey } from './copied-counts.ts'
import { sameCounts, tidyCounts, whyNotCount, type Count } from './count.ts'
import { noteActivity, wasAmended } from './event.store.ts'
import { refuseLocked } from './lock-period.ts'
import { removalTasksDoneBy, setRemovalTask } from './removal.ts'
import { SENDERS } from './senders.ts'
import { settleActivity } from './settle-activity.ts'
import { proofOfTask, type ProofOfTask } from './task-proof.ts'
import { expectUploads, Expected } from './upload.ts'

const Input = v.object({
  ...About,
  /** Made where it is written, so that what is sent twice is one. */
  activityId: idOf<'activity'>(),
  organisationId: idOf<'organisation'>(),
  taskId: v.nullish(idOf<'task'>(), null),
  campaignId: v.nullish(idOf<'campaign'>(), null),
  links: v.optional(v.pipe(v.array(v.string()), v.maxLength(20)), []),
  files: v.optional(v.pipe(v.array(GivenFile), v.maxLength(40)), []),
  /** Files that are still on the device and come after it. */
  expects: v.optional(v.pipe(v.array(Expected), v.maxLength(40)), []),
  /** The task is done with it. */
  finishes: v.optional(v.boolean(), false),
  /** What is to be done when what was put up comes down, in the words of the task that is set. */
  wordsAtEnd: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(1_000)), ''),
  through: v.optional(v.picklist(['form', 'queue', 'sheet']), 'form'),
  sourceKey: v.nullish(v.pipe(v.string(), v.maxLength(200)), null),
  /** By the clock of the device; null where it is ours. */
  madeAt: v.nullish(v.date(), null),
})
type Input = v.InferOutput<typeof Input>

export interface Sent {
  readonly activityId: Id<'activity'>
  /** False when it had been sent before. */
  readonly isNew: boolean
}

/**
 * Takes in an activity with its numbers and its proof. The same form again changes nothing and answers that it stands;
 * another under its id is refused, so that nobody believes sent what is not.
 */
export const sendActivity = action('evidence.send', {
  input: Input,
  may: { who: 'roles', roles: SENDERS, within: (_ctx, { organisationId }) => organisationId },
  records: ({ kind, day }, { activityId, isNew }: Sent) =>
    isNew ? { subject: 'activity', subjectId: activityId, facts: { kind, day } } : null,
  async run(ctx, input): Promise<Sent> {
    const known = await activityById(ctx.db, input.activityId)
    if (known) return sentBefore(ctx, known, input)
    const catalogue = await readCatalogue(ctx.db)
    const { activity, task, proof, kind } = await activityOf(ctx, input, catalogue)
    await refuseLocked(ctx, activity, [activity.day])
    const key = countsKey(activity.counts, catalogue)
    if (!(await insertActivity(ctx.db, activity, key))) {
      const standing = await activityById(ctx.db, input.activityId)
      if (!standing) throw new Refusal('evidence.sent_as_another')
      return sentBefore(ctx, standing, input)
    }
    await noteActivity(ctx, activity.id, 'sent')
    for (const file of input.files) await addFile(ctx, activity, file)
    for (const value of input.links) await addLink(ctx, activity, { value })
    await expectUploads(ctx, activity, input.expects)
    await settleActivity(ctx, activity.id)
    const finishes = input.finishes || proof?.closes === true
    if (task) await closeTask(ctx, task, activity, { name: kind.name, finishes })
    for (const taken of await removalTasksDoneBy(ctx, activity)) {
      await closeTask(ctx, taken, activity, { name: kind.name, finishes: true })
    }
    if (input.wordsAtEnd !== '') await setRemovalTask(ctx, activity, kind, input.wordsAtEnd)
    return { activityId: activity.id, isNew: true }
  },
})

/**
 * The id was used before: by the same person for the same thing; for another, as when one goes back in the browser and
 * fills the form anew; or by somebody else, which no device does by chance.
 */
async function sentBefore(ctx: Ctx, known: Activity, input: Input): Promise<Sent> {
  const person = actingPerson(ctx)
  if (known.organisationId !== input.organisationId || (person !== null && known.sentBy !== person)) {
    throw new Refusal('evidence.sent_as_another', {}, 'activityId')
  }
  if (!saysTheSame(known, input) && !(await wasAmended(ctx.db, known.id))) {
    throw new Refusal('evidence.sent_otherwise', {}, 'activityId')
  }
  // A photograph that was added to it on the device after the first try comes, too.
  if (known.state !== 'withdrawn') await expectUploads(ctx, known, input.expects)
  return { activityId: known.id, isNew: false }
}

function saysTheSame(known: Activity, input: Input): boolean {
  const said = ({ kind, placeId, day, beganAt, spot, topic, note, audience }: Omit<Activity | Input, 'counts'>) =>
    JSON.stringify([kind, placeId, day, beganAt, spot, topic, note, audience])
  return said(known) === said(input) && sameCounts(known.counts, input.counts)
}

interface Made {
  readonly activity: Activity
  readonly kind: ActivityKind
  readonly task: Task | null
  readonly proof: ProofOfTask | null
}

/** What the device says, with what the task and the campaign say better. */
async function activityOf(ctx: Ctx, input: Input, catalogue: Catalogue): Promise<Made> {
  const today = dayAt(ctx.clock.now())
  const { kind, counts } = refuseUnknown(input, catalogue, today)
  if (!(await placeById(ctx.db, input.placeId))) throw new Refusal('evidence.no_such_place', {}, 'place')
  const task = input.taskId ? await taskById(ctx.db, input.taskId) : null
  if (input.taskId && task?.organisationId !== input.organisationId) throw new Refusal('evidence.no_such_task')
  const proof = task && (await proofOfTask(ctx, task))
  const campaignId = proof?.campaignId ?? input.campaignId
  const now = ctx.clock.now()
  const { activityId: id, organisationId, placeId, day, beganAt, spot, topic, note, audience, language } = input
  const activity: Activity = {
    ...{ id, organisationId, placeId, day, beganAt, spot, topic, note, audience, language, counts },
    kind: kind.code,
    sourceKey: input.sourceKey,
    owedTo: await bodyOwed(ctx, organisationId, task, campaignId),
    campaignId,
    taskId: task?.id ?? null,
    releaseId: proof?.releaseId ?? null,
    messageId: proof?.messageId ?? null,
    themeId: input.themeId ?? proof?.themeId ?? null,
    state: 'sent',
    acceptance: 0,
    grade: 'declared',
    sentBy: actingPerson(ctx),
    sentThrough: input.through,
    // A device whose clock is ahead did not write it after we received it.
    madeAt: input.madeAt && input.madeAt < now ? input.madeAt : now,
    receivedAt: now,
    revision: 1,
  }
  return { activity, kind, task, proof }
}

/** The kind and the numbers as the catalogue has them. @throws Refusal for what it does not have */
export function refuseUnknown(
  input: { readonly kind: string; readonly counts: readonly Count[] },
  catalogue: Catalogue,
  today: Day,
): { readonly kind: ActivityKind; readonly counts: readonly Count[] } {
  const kind = inUse(catalogue.kinds, today).find(({ code }) => code === input.kind)
  if (!kind) throw new Refusal('evidence.no_such_kind', {}, 'kind')
  refuseIf(whyNotCount(input.counts, catalogue, today))
  return { kind, counts: tidyCounts(input.counts) }
}

/** Who asked for it: who set the task, else whose campaign it is, else the body above; a body that nobody stands above owes it to itself. */
export async function bodyOwed(
  ctx: Ctx,
  organisationId: Id<'organisation'>,
  task: Task | null,
  campaignId: Id<'campaign'> | null,
): Promise<Id<'organisation'>> {
  if (task) return task.assignedBy
  const campaign = campaignId && (await campaignById(ctx.db, campaignId))
  if (campaign) return campaign.organisationId
  const [body] = await organisationsWhere(ctx.db, [organisationId])
  return body?.parentId ?? organisationId
}
