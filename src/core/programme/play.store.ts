import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import type { Standing } from './lay-out.ts'
import type { Broadcast, Play } from './programme.ts'

const COLUMNS = [
  'play.id',
  'play.stationId',
  'play.broadcastId',
  'play.releaseId',
  'play.deliveryId',
  'play.slotId',
  'play.day',
  'play.ord',
  'play.plannedAt',
  'play.class',
  'play.state',
  'play.decidedBy',
  'play.decidedAt',
  'play.reason',
  'play.offDayId',
] as const
/** The most urgent class first, as it sounds in a slot. */
const RANK = sql`array_position(array['emergency', 'priority', 'ordinary'], play.class)`

/**
 * Adds plays that do not stand; what a day off took away that is to play at that very moment again stands again. Answers
 * those that are new, as they are kept.
 */
export async function insertPlays(db: Db, plays: readonly Play[]): Promise<Pick<Play, 'id' | 'plannedAt'>[]> {
  const added: Pick<Play, 'id' | 'plannedAt'>[] = []
  for (let at = 0; at < plays.length; at += 500) {
    const rows = await db
      .insertInto('play')
      .values(plays.slice(at, at + 500))
      .onConflict((clash) =>
        clash
          .columns(['stationId', 'broadcastId', 'plannedAt'])
          .doUpdateSet(({ ref }) => ({
            deliveryId: ref('excluded.deliveryId'),
            slotId: ref('excluded.slotId'),
            ord: ref('excluded.ord'),
            state: ref('excluded.state'),
            decidedBy: null,
            decidedAt: ref('excluded.decidedAt'),
            reason: '',
            offDayId: null,
          }))
          .where('play.state', '=', 'cancelled')
          .where('play.offDayId', 'is not', null),
      )
      .returning(['id', 'plannedAt'])
      .execute()
    added.push(...(rows as unknown as Pick<Play, 'id' | 'plannedAt'>[])) // as they were given
  }
  return added
}

/** The play, locked until the transaction ends. */
export async function lockPlay(db: Db, id: Id<'play'>): Promise<Play | null> {
  const row = await db.selectFrom('play').select(COLUMNS).where('play.id', '=', id).forUpdate().executeTakeFirst()
  return row ? asPlay(row) : null
}

export async function playById(db: Db, id: Id<'play'>): Promise<Play | null> {
  const row = await db.selectFrom('play').select(COLUMNS).where('play.id', '=', id).executeTakeFirst()
  return row ? asPlay(row) : null
}

export async function updatePlay(db: Db, id: Id<'play'>, change: Partial<Omit<Play, 'id'>>): Promise<void> {
  await db.updateTable('play').set(change).where('id', '=', id).execute()
}

/** What is laid at a station on days from one to another and has not been taken away; without what of releases may be laid anew. */
export async function standingAt(
  db: Db,
  stationId: Id<'outlet'>,
  from: Day,
  to: Day,
  without: readonly Id<'release'>[],
): Promise<Standing[]> {
  let query = db
    .selectFrom('play')
    .innerJoin('broadcast', 'broadcast.id', 'play.broadcastId')
    .select(['play.broadcastId', 'play.slotId', 'play.day', 'play.class', 'play.ord', 'broadcast.seconds'])
    .where('play.stationId', '=', stationId)
    .where('play.day', '>=', from)
    .where('play.day', '<=', to)
    .where('play.state', 'in', ['offered', 'chosen'])
    .where('play.slotId', 'is not', null)
  if (without.length > 0)
    query = query.where((eb) =>
      eb.or([eb('play.releaseId', 'not in', [...without]), eb('play.decidedBy', 'is not', null)]),
    )
  const rows = await query.execute()
  return rows.map((row) => ({ ...row, seconds: Number(row.seconds) }) as unknown as Standing) // slots are told above
}

/** Plays of a station on a day as they sound, whatever became of them. */
export async function playsOfDay(db: Db, stationId: Id<'outlet'>, day: Day): Promise<Play[]> {
  const rows = await db
    .selectFrom('play')
    .select(COLUMNS)
    .where('play.stationId', '=', stationId)
    .where('play.day', '=', day)
    .orderBy('play.plannedAt')
    .orderBy(RANK)
    .orderBy('play.ord')
    .orderBy('play.id')
    .execute()
  return rows.map(asPlay)
}

/** Plays of releases that have not begun and still stand: at one station, or everywhere. */
export async function comingPlays(
  db: Db,
  releaseIds: readonly Id<'release'>[],
  stationId: Id<'outlet'> | null,
  now: Date,
): Promise<Play[]> {
  if (releaseIds.length === 0) return []
  let query = db
    .selectFrom('play')
    .select(COLUMNS)
    .where('play.releaseId', 'in', [...releaseIds])
    .where('play.state', 'in', ['offered', 'chosen'])
    .where('play.plannedAt', '>', now)
    .orderBy('play.plannedAt')
    .orderBy('play.ord')
  if (stationId) query = query.where('play.stationId', '=', stationId)
  return (await query.execute()).map(asPlay)
}

/** Whether a release was ever laid at a station, whatever became of it. */
export async function wasLaid(db: Db, releaseId: Id<'release'>, stationId: Id<'outlet'>): Promise<boolean> {
  const query = db.selectFrom('play').select('id').where('releaseId', '=', releaseId).where('stationId', '=', stationId)
  return (await query.limit(1).executeTakeFirst()) !== undefined
}

/** Stations whose devices may yet begin what has come due of releases: a play that waits in its slot, a warning. */
export async function stationsTold(db: Db, releaseIds: readonly Id<'release'>[], now: Date): Promise<Id<'outlet'>[]> {
  if (releaseIds.length === 0) return []
  const { rows } = await sql<{ stationId: Id<'outlet'> }>`
    select distinct play.station_id from play join broadcast on broadcast.id = play.broadcast_id
    where play.release_id = any(${[...releaseIds]}::uuid[]) and play.state in ('offered', 'chosen')
      and broadcast.withdrawn_at is null and broadcast.valid_until > ${now}::timestamptz and play.planned_at <= ${now}::timestamptz
      and play.planned_at > ${now}::timestamptz - case when play.class = 'emergency' then interval '7 days' else interval '1 hour' end`.execute(
    db,
  )
  return rows.map(({ stationId }) => stationId)
}

/** Plays of a release at a station that have not begun: those that stand, and those that made room for what follows them. */
export async function playsToFollow(
  db: Db,
  releaseId: Id<'release'>,
  stationId: Id<'outlet'>,
  now: Date,
): Promise<Play[]> {
  const rows = await db
    .selectFrom('play')
    .select(COLUMNS)
    .where('play.releaseId', '=', releaseId)
    .where('play.stationId', '=', stationId)
    .where('play.plannedAt', '>', now)
    .where((eb) =>
      eb.or([
        eb('play.state', 'in', ['offered', 'chosen']),
        eb.and([
          eb('play.state', '=', 'cancelled'),
          eb('play.reason', '=', 'replaced'),
          eb('play.offDayId', 'is', null),
        ]),
      ]),
    )
    .orderBy('play.plannedAt')
    .orderBy('play.ord')
    .execute()
  return rows.map(asPlay)
}

/** Forgets plays of a release at a station that have not begun and that nobody has decided about: they are laid anew. */
export async function deleteUntouched(
  db: Db,
  releaseId: Id<'release'>,
  stationId: Id<'outlet'>,
  now: Date,
): Promise<void> {
  const untouched = sql`release_id = ${releaseId}::uuid and station_id = ${stationId}::uuid and planned_at > ${now}::timestamptz
    and decided_by is null and state in ('offered', 'chosen')`
  await sql`delete from play_end where state = 'expected' and play_id in (select id from play where ${untouched})`.execute(
    db,
  )
  await sql`delete from play where ${untouched} and not exists (select 1 from play_end where play_id = play.id)`.execute(
    db,
  )
}

/** Takes plays away for good. */
export async function cancelPlays(db: Db, ids: readonly Id<'play'>[], reason: string, now: Date): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('play')
    .set({ state: 'cancelled', reason, decidedAt: now })
    .where('id', 'in', [...ids])
    .execute()
}

/** Ordinary plays that nobody has decided about until they would have begun; not those that people play by hand. */
export async function undecidedSince(db: Db, now: Date, limit: number): Promise<Play[]> {
  const rows = await db
    .selectFrom('play')
    .innerJoin('station', 'station.outletId', 'play.stationId')
    .select(COLUMNS)
    .where('play.state', '=', 'offered')
    .where('play.plannedAt', '<=', now)
    .where('station.carriage', '=', 'ip')
    .orderBy('play.plannedAt')
    .limit(limit)
    .execute()
  return rows.map(asPlay)
}

/** A play with what it is of, in the order in which it sounds. */
export type ScheduledPlay = Pick<Play, 'id' | 'broadcastId' | 'plannedAt' | 'state'> & {
  readonly broadcast: Pick<
    Broadcast,
    'id' | 'language' | 'title' | 'class' | 'seconds' | 'validFrom' | 'validUntil'
  > & {
    readonly sha256: string
    readonly bytes: number
  }
}

/** What devices of a station may be given: recorded, in use, valid, from one moment to another. */
export async function scheduledPlays(
  db: Db,
  stationId: Id<'outlet'>,
  {
    from,
    to,
    now,
    emergency,
  }: { readonly from: Date; readonly to: Date; readonly now: Date; readonly emergency: boolean },
  limit: number,
): Promise<ScheduledPlay[]> {
  const rows = await db
    .selectFrom('play')
    .innerJoin('broadcast', 'broadcast.id', 'play.broadcastId')
    .select(['play.id', 'play.broadcastId', 'play.plannedAt', 'play.state', 'broadcast.language', 'broadcast.title'])
    .select(['broadcast.class', 'broadcast.sha256', 'broadcast.bytes', 'broadcast.seconds'])
    .select(['broadcast.validFrom', 'broadcast.validUntil'])
    .where('play.stationId', '=', stationId)
    .where('play.state', 'in', ['offered', 'chosen'])
    .where('play.plannedAt', '>=', from)
    .where('play.plannedAt', '<', to)
    .where('play.class', emergency ? '=' : '<>', 'emergency')
    .where('broadcast.withdrawnAt', 'is', null)
    .where('broadcast.sha256', 'is not', null)
    .where('broadcast.validUntil', '>', now)
    .orderBy('play.plannedAt')
    .orderBy(RANK)
    .orderBy('play.ord')
    .orderBy('play.id')
    .limit(limit)
    .execute()
  return rows.map(({ id, broadcastId, plannedAt, state, ...of }) => {
    const broadcast = { ...of, id: broadcastId, bytes: Number(of.bytes), seconds: Number(of.seconds) }
    return { id, broadcastId, plannedAt, state, broadcast } as unknown as ScheduledPlay // recorded, as is asked above
  })
}

function asPlay(row: Record<string, unknown>): Play {
  return row as unknown as Play // class and state as the table checks them
}
