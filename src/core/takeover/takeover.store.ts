import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import { idsBelow } from '../organisation/index.ts'
import type { Takeover } from './takeover.ts'

const COLUMNS = [
  'id',
  'reason',
  'speaker',
  'language',
  'minutes',
  'state',
  'askedBy',
  'askedAt',
  'lapsesAt',
  'approvedBy',
  'approvedAt',
  'droppedBy',
  'droppedAt',
  'droppedReason',
  'beganAt',
  'spoken',
  'spokeAt',
  'endedAt',
  'endedBy',
  'endReason',
  'sha256',
  'bytes',
  'seconds',
  'keptAt',
] as const

export type NewTakeover = Pick<
  Takeover,
  'id' | 'reason' | 'speaker' | 'language' | 'minutes' | 'state' | 'askedBy' | 'askedAt' | 'lapsesAt'
>

/** A takeover with the stations it addresses, each with the id by which its devices tell of it. */
export async function insertTakeover(db: Db, takeover: NewTakeover, stations: readonly StationPlay[]): Promise<void> {
  await db.insertInto('takeover').values(takeover).execute()
  const rows = stations.map(({ stationId, playId }) => ({ takeoverId: takeover.id, stationId, playId }))
  await db.insertInto('takeoverStation').values(rows).execute()
}

export interface StationPlay {
  readonly stationId: Id<'outlet'>
  readonly playId: Id<'play'>
}

export async function takeoverById(db: Db, id: Id<'takeover'>): Promise<Takeover | null> {
  const row = await db.selectFrom('takeover').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asTakeover(row) : null
}

/** The same, held until the transaction ends. */
export async function lockTakeover(db: Db, id: Id<'takeover'>): Promise<Takeover | null> {
  const row = await db.selectFrom('takeover').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asTakeover(row) : null
}

export async function updateTakeover(
  db: Db,
  id: Id<'takeover'>,
  change: Partial<Omit<Takeover, 'id' | 'askedBy' | 'askedAt'>>,
): Promise<void> {
  await db.updateTable('takeover').set(change).where('id', '=', id).execute()
}

/** Where a page of takeovers goes on: behind the last of the one before. */
export interface AfterTakeover {
  readonly askedAt: Date
  readonly id: string
}

/** The newest first, after one. */
export async function takeoversAfter(db: Db, after: AfterTakeover | null, limit: number): Promise<Takeover[]> {
  let asked = db.selectFrom('takeover').select(COLUMNS).orderBy('askedAt', 'desc').orderBy('id', 'desc').limit(limit)
  if (after) asked = asked.where(sql<boolean>`(asked_at, id) < (${after.askedAt}, ${after.id}::uuid)`)
  return (await asked.execute()).map(asTakeover)
}

/** Those that wait to be approved or begun and have not lapsed, the oldest first. */
export async function waitingTakeovers(db: Db, now: Date): Promise<Takeover[]> {
  const rows = await db
    .selectFrom('takeover')
    .select(COLUMNS)
    .where('state', 'in', ['asked', 'approved'])
    .where('lapsesAt', '>', now)
    .orderBy('askedAt')
    .execute()
  return rows.map(asTakeover)
}

/** Those that are spoken, or are over and whose end the devices were not told yet. */
export async function openTakeovers(db: Db): Promise<Takeover[]> {
  const rows = await db
    .selectFrom('takeover')
    .select(COLUMNS)
    .where('state', 'in', ['speaking', 'ended'])
    .where('keptAt', 'is', null)
    .orderBy('askedAt')
    .execute()
  return rows.map(asTakeover)
}

/** A station that a takeover addresses. */
export interface TakenStation extends StationPlay {
  readonly code: string
  readonly name: string
  readonly placeName: string
}

export async function stationsOfTakeover(db: Db, id: Id<'takeover'>): Promise<TakenStation[]> {
  const rows = await db
    .selectFrom('takeoverStation')
    .innerJoin('outlet', 'outlet.id', 'takeoverStation.stationId')
    .innerJoin('place', 'place.id', 'outlet.placeId')
    .select([
      'takeoverStation.stationId',
      'takeoverStation.playId',
      'outlet.code',
      'outlet.name',
      'place.name as placeName',
    ])
    .where('takeoverStation.takeoverId', '=', id)
    .orderBy('outlet.code')
    .execute()
  return rows as unknown as TakenStation[] // ids as they were written
}

/** How many stations each of some takeovers addresses. */
export async function stationCounts(db: Db, ids: readonly Id<'takeover'>[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('takeoverStation')
    .select((eb) => ['takeoverId', eb.fn.countAll<number>().as('count')])
    .where('takeoverId', 'in', [...ids])
    .groupBy('takeoverId')
    .execute()
  return new Map(rows.map(({ takeoverId, count }) => [takeoverId, Number(count)]))
}

/** Those of these stations that are reached over IP and have not ended, by code. */
export async function stationsToTake(db: Db, ids: readonly Id<'outlet'>[], day: string): Promise<Id<'outlet'>[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('station')
    .innerJoin('outlet', 'outlet.id', 'station.outletId')
    .select('outlet.id')
    .where('outlet.id', 'in', [...ids])
    .where('station.carriage', '=', 'ip')
    .where((eb) => eb.or([eb('outlet.aliveTo', 'is', null), eb('outlet.aliveTo', '>=', day)]))
    .orderBy('outlet.code')
    .execute()
  return rows.map(({ id }) => id as Id<'outlet'>)
}

/**
 * How many of these stations lie outside of what some bodies answer for: a station is theirs that belongs to one of them or
 * to a body below, or that stands in the place in which one of them acts.
 */
export async function countOutside(
  db: Db,
  stationIds: readonly Id<'outlet'>[],
  bodies: readonly Id<'organisation'>[],
): Promise<number> {
  const below = [...(await idsBelow(db, bodies))]
  const { rows } = await sql<{ count: number }>`
    with recursive own (id) as (
      select place_id from organisation where id = any(${[...bodies]}::uuid[])
      union select place.id from place join own on place.parent_id = own.id
    )
    select count(*)::int as count from outlet where id = any(${[...stationIds]}::uuid[])
      and organisation_id <> all(${below}::uuid[]) and place_id not in (select id from own)`.execute(db)
  return rows[0]?.count ?? stationIds.length
}

/** The name of a station at which another speech sounds now; null where none of these is taken. */
export async function takenBy(db: Db, id: Id<'takeover'>): Promise<string | null> {
  const row = await db
    .selectFrom('takeoverStation as own')
    .innerJoin('takeoverStation as other', 'other.stationId', 'own.stationId')
    .innerJoin('takeover', 'takeover.id', 'other.takeoverId')
    .innerJoin('outlet', 'outlet.id', 'own.stationId')
    .select('outlet.name')
    .where('own.takeoverId', '=', id)
    .where('takeover.id', '<>', id)
    .where('takeover.state', '=', 'speaking')
    .limit(1)
    .executeTakeFirst()
  return row?.name ?? null
}

export async function mostMinutes(db: Db): Promise<number> {
  const row = await db.selectFrom('takeoverSetting').select('mostMinutes').executeTakeFirstOrThrow()
  return row.mostMinutes
}

export async function updateMostMinutes(db: Db, minutes: number): Promise<void> {
  await db.updateTable('takeoverSetting').set({ mostMinutes: minutes }).execute()
}

function asTakeover({ bytes, seconds, ...row }: Record<string, unknown>): Takeover {
  return { ...row, bytes: bytes === null ? null : Number(bytes), seconds: Number(seconds) } as unknown as Takeover // states and reasons as the table checks them
}
