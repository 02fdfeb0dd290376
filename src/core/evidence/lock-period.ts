import * as v from 'valibot'
import {
  actingPerson,
  action,
  DaySchema,
  idOf,
  newId,
  Refusal,
  type Ctx,
  type Day,
  type Id,
  type Role,
} from '../kernel/index.ts'
import type { Activity } from './activity.ts'
import { bodyOfLock, endLock, insertLock, lockOver, whileLocking, whileUnlocked } from './lock.store.ts'

export const LOCKERS: readonly Role[] = ['campaign_officer', 'leader', 'administrator']
const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000))

/** Closes a period: activities of the body, of those below and of those that owe it are changed no more, and none comes to those days. */
export const lockPeriod = action('evidence.lock', {
  input: v.pipe(
    v.object({
      organisationId: idOf<'organisation'>(),
      dayFrom: DaySchema,
      dayTo: DaySchema,
      reason: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(2_000)), ''),
    }),
    v.forward(
      v.check(({ dayFrom, dayTo }) => dayFrom <= dayTo, 'order'),
      ['dayTo'],
    ),
  ),
  may: { who: 'roles', roles: LOCKERS, within: (_ctx, { organisationId }) => organisationId },
  records: ({ dayFrom, dayTo }, lockId: Id<'evidence_lock'>) => ({
    subject: 'evidence_lock',
    subjectId: lockId,
    facts: { from: dayFrom, to: dayTo },
  }),
  async run(ctx, period) {
    await whileLocking(ctx.db)
    const id = newId<'evidence_lock'>()
    await insertLock(ctx.db, { ...period, id, lockedAt: ctx.clock.now(), lockedBy: actingPerson(ctx) })
    return id
  },
})

/** Opens a closed period again, with the reason; the lock stays in the record. */
export const unlockPeriod = action('evidence.unlock', {
  input: v.object({ lockId: idOf<'evidence_lock'>(), reason }),
  may: { who: 'roles', roles: LOCKERS, within: (ctx, { lockId }) => bodyOfLock(ctx.db, lockId) },
  records: ({ lockId }) => ({ subject: 'evidence_lock', subjectId: lockId, facts: {} }),
  async run(ctx, { lockId, reason: unlockReason }) {
    await whileLocking(ctx.db)
    const end = { unlockReason, unlockedAt: ctx.clock.now(), unlockedBy: actingPerson(ctx) }
    if (!(await endLock(ctx.db, lockId, end))) throw new Refusal('evidence.lock_not_found')
  },
})

/** Refuses what would change the numbers of a closed period; until the transaction ends, none is closed. */
export async function refuseLocked(
  ctx: Ctx,
  { organisationId, owedTo }: Pick<Activity, 'organisationId' | 'owedTo'>,
  days: readonly Day[],
): Promise<void> {
  await whileUnlocked(ctx.db)
  const refusal = await whyLocked(ctx, { organisationId, owedTo }, days)
  if (refusal) throw refusal
}

/** Why activities of these days may not be changed: somebody has closed the period; null when nobody has. */
export async function whyLocked(
  ctx: Ctx,
  { organisationId, owedTo }: Pick<Activity, 'organisationId' | 'owedTo'>,
  days: readonly Day[],
): Promise<Refusal | null> {
  const above = await bodiesOver(ctx, { organisationId, owedTo })
  const lock = await lockOver(ctx.db, [...above], days)
  return lock && new Refusal('evidence.locked', { by: lock.organisation, from: lock.dayFrom, to: lock.dayTo }, 'day')
}

/** The bodies that stand over an activity: its own with those above, and the one it is owed to with those above. */
export async function bodiesOver(
  ctx: Ctx,
  { organisationId, owedTo }: Pick<Activity, 'organisationId' | 'owedTo'>,
): Promise<ReadonlySet<Id<'organisation'>>> {
  const own = await ctx.hierarchy.above(ctx.db, organisationId)
  return own.has(owedTo) ? own : new Set([...own, ...(await ctx.hierarchy.above(ctx.db, owedTo))])
}
