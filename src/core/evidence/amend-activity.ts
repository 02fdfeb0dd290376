import * as v from 'valibot'
import { action, dayAt, idOf, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { placeById } from '../place/index.ts'
import { taskById } from '../task/index.ts'
import { About } from './activity-input.ts'
import { activityById, lockActivity, updateActivity } from './activity.store.ts'
import { whyNotActivity, type Activity, type ActivityDeed } from './activity.ts'
import { readCatalogue } from './catalogue.store.ts'
import { closeTask, reopenProvedTask } from './close-task.ts'
import { countsKey } from './copied-counts.ts'
import { noteActivity } from './event.store.ts'
import { refuseLocked } from './lock-period.ts'
import { dropRemovalTask } from './removal.ts'
import { bodyOwed, refuseUnknown } from './send-activity.ts'
import { SENDERS } from './senders.ts'
import { recheckCopiesOf, settleActivity } from './settle-activity.ts'
import { proofOfTask } from './task-proof.ts'

const OneActivity = { activityId: idOf<'activity'>(), revision: v.nullish(v.number(), null) }
const within = async (ctx: Ctx, { activityId }: { readonly activityId: Id<'activity'> }) =>
  (await activityById(ctx.db, activityId))?.organisationId ?? null
const may = { who: 'roles' as const, roles: SENDERS, within }

/** Says an activity otherwise while nobody has accepted it; one that was returned is sent again by it, and closes its task again. */
export const amendActivity = action('evidence.amend', {
  input: v.object({
    ...OneActivity,
    ...About,
    /** Left out, it stays; what a task says of it stays in any case. */
    campaignId: v.optional(v.nullable(idOf<'campaign'>())),
  }),
  may,
  records: ({ activityId }) => ({ subject: 'activity', subjectId: activityId, facts: {} }),
  async run(ctx, { activityId, revision, campaignId, ...about }) {
    const activity = await activityToChange(ctx, { activityId, revision }, 'amend')
    await refuseLocked(ctx, activity, [activity.day, about.day])
    const catalogue = await readCatalogue(ctx.db)
    const { kind, counts } = refuseUnknown(about, catalogue, dayAt(ctx.clock.now()))
    if (!(await placeById(ctx.db, about.placeId))) throw new Refusal('evidence.no_such_place', {}, 'place')
    const key = countsKey(counts, catalogue)
    const moved = await movedTo(ctx, activity, campaignId)
    const state = { state: 'sent', acceptance: 0 } as const
    const said = key === countsKey(activity.counts, catalogue) ? {} : { countsAt: ctx.clock.now() }
    await updateActivity(ctx.db, activityId, { ...about, ...moved, ...state, ...said, counts, countsKey: key })
    await noteActivity(ctx, activityId, activity.state === 'returned' ? 'sent_again' : 'amended')
    await settleActivity(ctx, activityId)
    await recheckCopiesOf(ctx, activityId)
    const task = activity.state === 'returned' && activity.taskId ? await taskById(ctx.db, activity.taskId) : null
    if (task) {
      const { closes } = await proofOfTask(ctx, task)
      await closeTask(ctx, task, { id: activityId, spot: about.spot }, { name: kind.name, finishes: closes })
    }
  },
})

/** Whose campaign it is by now, and so whom it is owed to; a closed period there is closed to it, too. */
async function movedTo(ctx: Ctx, activity: Activity, campaignId: Id<'campaign'> | null | undefined) {
  if (activity.taskId !== null || campaignId === undefined || campaignId === activity.campaignId) return {}
  const owedTo = await bodyOwed(ctx, activity.organisationId, null, campaignId)
  await refuseLocked(ctx, { ...activity, owedTo }, [activity.day])
  return { campaignId, owedTo }
}

/** Takes an activity back before anybody has accepted it: it counts no more and proves no task; it stays in the record. */
export const withdrawActivity = action('evidence.withdraw', {
  input: v.object({ ...OneActivity, reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000)) }),
  may,
  records: ({ activityId }) => ({ subject: 'activity', subjectId: activityId, facts: {} }),
  async run(ctx, { reason, ...input }) {
    const activity = await activityToChange(ctx, input, 'withdraw')
    await refuseLocked(ctx, activity, [activity.day])
    await updateActivity(ctx.db, activity.id, { state: 'withdrawn' })
    await noteActivity(ctx, activity.id, 'withdrawn', { note: reason })
    await settleActivity(ctx, activity.id)
    await recheckCopiesOf(ctx, activity.id)
    await reopenProvedTask(ctx, activity, reason, { detach: true })
    await dropRemovalTask(ctx, activity, reason)
  },
})

async function activityToChange(
  ctx: Ctx,
  { activityId, revision }: { readonly activityId: Id<'activity'>; readonly revision?: number | null },
  deed: ActivityDeed,
): Promise<Activity> {
  const activity = await lockActivity(ctx.db, activityId)
  if (!activity) throw new Refusal('evidence.not_found')
  refuseIf(whyNotActivity(activity, deed))
  if (typeof revision === 'number' && revision !== activity.revision) throw new Refusal('evidence.changed')
  return activity
}
