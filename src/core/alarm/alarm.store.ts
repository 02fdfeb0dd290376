import { sql } from 'kysely'
import { newId, type Db, type Id } from '../kernel/index.ts'
import type { Alarm, AlarmKind, Standstill } from './alarm.ts'

const COLUMNS = [
  'id',
  'kind',
  'subject',
  'releaseId',
  'outletId',
  'organisationId',
  'facts',
  'since',
  'raisedAt',
  'lastSeen',
  'toldAt',
  'clearedAt',
] as const

/** One number for `pg_try_advisory_xact_lock`: of all processes one keeps watch at a time. */
const WATCH_LOCK = 7_265_512
/** An alarm that comes back within so many minutes is the same one: nobody is told of it twice. */
const SAME_WITHIN_MINUTES = 15

/** False when another process keeps watch this moment. */
export async function takeWatch(db: Db): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(${WATCH_LOCK}) as taken`.execute(db)
  return rows[0]?.taken ?? false
}

/** Opens an alarm for each standstill that has none open, and notes that the others still stand. Answers how many are new. */
export async function raiseAlarms(db: Db, found: readonly Standstill[], now: Date): Promise<number> {
  if (found.length === 0) return 0
  const given = found.map((one) => ({
    id: newId<'alarm'>(),
    kind: one.kind,
    subject: one.subject,
    release_id: one.releaseId,
    outlet_id: one.outletId,
    organisation_id: one.organisationId,
    facts: one.facts,
    since: one.since.toISOString(),
  }))
  const { rows } = await sql<{ raised: number }>`
    with found as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as found (id uuid, kind text, subject text,
        release_id uuid, outlet_id uuid, organisation_id uuid, facts jsonb, since timestamptz)
    ), again as (
      update alarm set cleared_at = null, last_seen = ${now}::timestamptz, facts = found.facts,
        tell_at = case when told_at is null then ${now}::timestamptz end
      from found where alarm.kind = found.kind and alarm.subject = found.subject
        and alarm.cleared_at > ${now}::timestamptz - make_interval(mins => ${SAME_WITHIN_MINUTES})
        and not exists (select 1 from alarm as open where open.kind = found.kind and open.subject = found.subject and open.cleared_at is null)
        and not exists (select 1 from alarm as later where later.kind = found.kind and later.subject = found.subject and later.cleared_at > alarm.cleared_at)
      returning alarm.kind, alarm.subject
    ), raised as (
      insert into alarm (id, kind, subject, release_id, outlet_id, organisation_id, facts, since, raised_at, last_seen, tell_at)
      select found.id, found.kind, found.subject, found.release_id, found.outlet_id, found.organisation_id, found.facts,
        found.since, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
      from found where (found.kind, found.subject) not in (select kind, subject from again)
      on conflict (kind, subject) where cleared_at is null
        do update set last_seen = excluded.last_seen, facts = excluded.facts, since = least(alarm.since, excluded.since)
      returning (xmax = 0) as is_new
    )
    select count(*) filter (where is_new)::int as raised from raised`.execute(db)
  return rows[0]?.raised ?? 0
}

/** Closes the open alarms that were not found any more. Answers how many. */
export async function clearAlarms(db: Db, found: readonly Standstill[], now: Date): Promise<number> {
  const standing = JSON.stringify(found.map(({ kind, subject }) => ({ kind, subject })))
  const result = await sql`
    update alarm set cleared_at = ${now}::timestamptz, tell_at = null
    where cleared_at is null and (kind, subject) not in (
      select kind, subject from jsonb_to_recordset(${standing}::jsonb) as found (kind text, subject text)
    )`.execute(db)
  return Number(result.numAffectedRows ?? 0n)
}

export interface AlarmFilter {
  /** Open ones, or those that are over. */
  readonly open: boolean
  readonly kinds?: readonly AlarmKind[]
  readonly releaseId?: Id<'release'>
  /** About these bodies; with null among them also what is about no body. */
  readonly bodies?: readonly (Id<'organisation'> | null)[]
}

export interface AlarmKey {
  readonly at: Date
  readonly id: string
}

/** The newest first: open ones by since when they are so, others by when they were over. */
export async function alarmsWhere(
  db: Db,
  { open, kinds, releaseId, bodies }: AlarmFilter,
  before: AlarmKey | null,
  limit: number,
): Promise<Alarm[]> {
  const at = open ? 'since' : 'clearedAt'
  let query = db.selectFrom('alarm').select(COLUMNS).orderBy(at, 'desc').orderBy('id', 'desc').limit(limit)
  query = query.where('clearedAt', open ? 'is' : 'is not', null)
  if (kinds) query = query.where('kind', 'in', [...kinds])
  if (releaseId) query = query.where('releaseId', '=', releaseId)
  if (bodies) {
    const ids = bodies.filter((id) => id !== null)
    query = query.where((eb) =>
      eb.or([
        ...(ids.length > 0 ? [eb('organisationId', 'in', ids)] : []),
        ...(bodies.includes(null) ? [eb('organisationId', 'is', null)] : []),
      ]),
    )
  }
  if (before) query = query.where(sql<boolean>`(${sql.ref(at)}, id) < (${before.at}, ${before.id}::uuid)`)
  return (await query.execute()).map(asAlarm)
}

export function asAlarm(row: Record<string, unknown>): Alarm {
  return row as unknown as Alarm // kinds and facts as the watch wrote them
}

export { COLUMNS as ALARM_COLUMNS }
