import * as v from 'valibot'
import { actingPerson, action, idOf, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { organisationsWhere, type Organisation } from '../organisation/index.ts'
import { activityById, lockActivity, updateActivity } from './activity.store.ts'
import { ACCEPTANCES, whyNotActivity, type Acceptance, type Activity } from './activity.ts'
import { reopenProvedTask } from './close-task.ts'
import { noteActivity } from './event.store.ts'
import { FINDING_CODES } from './finding.ts'
import { answerFindingRow, openFindings } from './finding.store.ts'
import { bodiesOver, refuseLocked } from './lock-period.ts'
import { ACCEPTORS } from './senders.ts'
import { settleActivity } from './settle-activity.ts'

const OneActivity = { activityId: idOf<'activity'>(), revision: v.nullish(v.number(), null) }
const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000))
const may = { who: 'roles' as const, roles: ACCEPTORS }
const recorded = ({ activityId }: { readonly activityId: Id<'activity'> }) => ({
  subject: 'activity',
  subjectId: activityId,
  facts: {},
})

/** Accepts the numbers of an activity at the level of the body the person acts for: its own leader, then those above. */
export const acceptActivity = action('evidence.accept', {
  input: v.object(OneActivity),
  may,
  records: ({ activityId }, acceptance: Acceptance) => ({
    subject: 'activity',
    subjectId: activityId,
    facts: { level: ACCEPTANCES[acceptance] },
  }),
  async run(ctx, input): Promise<Acceptance> {
    const activity = await activityToDecide(ctx, input)
    refuseIf(await whyNotAccept(ctx, activity))
    const body = await decidingBody(ctx, activity)
    const acceptance = rankOf(body)
    await updateActivity(ctx.db, activity.id, { state: 'accepted', acceptance })
    await noteActivity(ctx, activity.id, 'accepted', { organisationId: body?.id ?? null })
    await settleActivity(ctx, activity.id)
    return acceptance
  },
})

/** Gives an activity back to who sent it, with the reason: it counts no more, and its task is open again. */
export const returnActivity = action('evidence.return', {
  input: v.object({ ...OneActivity, reason }),
  may,
  records: recorded,
  async run(ctx, { reason: words, ...input }) {
    const activity = await activityToDecide(ctx, input)
    refuseIf(await whyNotReturn(ctx, activity))
    const body = await decidingBody(ctx, activity)
    await updateActivity(ctx.db, activity.id, { state: 'returned', acceptance: 0 })
    await noteActivity(ctx, activity.id, 'returned', { note: words, organisationId: body?.id ?? null })
    await settleActivity(ctx, activity.id)
    await reopenProvedTask(ctx, activity, words, { detach: false })
  },
})

/** Answers for what was found amiss: why it is all right. */
export const answerFinding = action('evidence.answer', {
  input: v.object({
    ...OneActivity,
    code: v.picklist(FINDING_CODES),
    key: v.optional(v.pipe(v.string(), v.maxLength(100)), ''),
    answer: reason,
  }),
  may,
  records: ({ activityId, code }) => ({ subject: 'activity', subjectId: activityId, facts: { code } }),
  async run(ctx, { code, key, answer, ...input }) {
    const activity = await activityToDecide(ctx, input)
    refuseIf(whyNotActivity(activity, 'answer') ?? (await whyNotDecide(ctx, activity)))
    const answered = { answer, answeredBy: actingPerson(ctx), answeredAt: ctx.clock.now() }
    if (!(await answerFindingRow(ctx.db, activity.id, { code, key }, answered))) {
      throw new Refusal('evidence.finding_not_found')
    }
    await noteActivity(ctx, activity.id, 'answered', { note: answer })
    await settleActivity(ctx, activity.id)
  },
})

/** Why this person may not accept it now; null when they may. */
export async function whyNotAccept(ctx: Ctx, activity: Activity): Promise<Refusal | null> {
  const refusal = whyNotActivity(activity, 'accept') ?? (await whyNotDecide(ctx, activity))
  if (refusal) return refusal
  if (rankOf(await decidingBody(ctx, activity)) <= activity.acceptance) {
    return new Refusal('evidence.accepted_already')
  }
  const count = (await openFindings(ctx.db, [activity.id])).get(activity.id) ?? 0
  return count > 0 ? new Refusal('evidence.findings_open', { count }) : null
}

/** Why this person may not give it back now; null when they may. What a higher level has accepted, that level alone gives back. */
export async function whyNotReturn(ctx: Ctx, activity: Activity): Promise<Refusal | null> {
  const refusal = whyNotActivity(activity, 'return') ?? (await whyNotDecide(ctx, activity))
  if (refusal) return refusal
  const below = rankOf(await decidingBody(ctx, activity)) < activity.acceptance
  return below ? new Refusal('evidence.accepted_above') : null
}

/** Why this person decides nothing about it at all: nobody decides on what they sent, nor from beside or below. */
async function whyNotDecide(ctx: Ctx, activity: Activity): Promise<Refusal | null> {
  const roles = await acceptActivity.whyNot(ctx, { activityId: activity.id, revision: null })
  if (roles) return roles
  const person = actingPerson(ctx)
  if (person !== null && person === activity.sentBy) return new Refusal('evidence.own_activity')
  return (await decidingBody(ctx, activity)) ? null : new Refusal('evidence.not_above')
}

/**
 * The highest body for which this person decides about it: one that stands over it, in which they hold a role that
 * accepts. The system decides for the body it is owed to.
 */
async function decidingBody(ctx: Ctx, activity: Activity): Promise<Organisation | null> {
  const over = await bodiesOver(ctx, activity)
  const held =
    ctx.actor.kind === 'person'
      ? ctx.actor.grants.filter(({ role }) => ACCEPTORS.includes(role)).map(({ organisationId }) => organisationId)
      : [activity.owedTo]
  const bodies = await organisationsWhere(
    ctx.db,
    held.filter((id) => over.has(id)),
  )
  return bodies.toSorted((one, other) => rankOf(other) - rankOf(one))[0] ?? null
}

function rankOf(body: Organisation | null): Acceptance {
  return (body ? ACCEPTANCES.indexOf(body.level) : 0) as Acceptance // levels of bodies are the acceptances after `none`
}

async function activityToDecide(
  ctx: Ctx,
  { activityId, revision }: { readonly activityId: Id<'activity'>; readonly revision?: number | null },
): Promise<Activity> {
  const activity = await lockActivity(ctx.db, activityId)
  if (!activity) throw new Refusal('evidence.not_found')
  if (typeof revision === 'number' && revision !== activity.revision) throw new Refusal('evidence.changed')
  await refuseLocked(ctx, activity, [activity.day])
  return activity
}

/** For pages: the activity, or the refusal that says it is not there. */
export async function activityToShow(ctx: Ctx, id: Id<'activity'> | null): Promise<Activity> {
  const activity = id && (await activityById(ctx.db, id))
  if (!activity) throw new Refusal('evidence.not_found')
  return activity
}
