import type { Ctx, Db, Id } from '../kernel/index.ts'

export interface ActivityEvent {
  readonly at: Date
  /** Worded under `evidence_event_<kind>`. */
  readonly kind: string
  readonly actor: string
  /** The body for which it was accepted or returned, by name. */
  readonly organisation: string | null
  readonly note: string
}

/** Writes down what happened to an activity. */
export async function noteActivity(
  ctx: Ctx,
  activityId: Id<'activity'>,
  kind: string,
  { note = '', organisationId = null }: { note?: string; organisationId?: Id<'organisation'> | null } = {},
): Promise<void> {
  const actor = ctx.actor.kind === 'nobody' ? '' : ctx.actor.name
  await ctx.db
    .insertInto('activityEvent')
    .values({ activityId, kind, actor, note, organisationId, at: ctx.clock.now() })
    .execute()
}

/** Newest first. */
export async function eventsOfActivity(db: Db, activityId: Id<'activity'>): Promise<ActivityEvent[]> {
  return db
    .selectFrom('activityEvent')
    .leftJoin('organisation', 'organisation.id', 'activityEvent.organisationId')
    .select(['at', 'activityEvent.kind', 'actor', 'organisation.name as organisation', 'activityEvent.note'])
    .where('activityId', '=', activityId)
    .orderBy('activityEvent.id', 'desc')
    .execute()
}
