import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Wire } from './wire.ts'

const COLUMNS = [
  'outletId',
  'secretSealed',
  'openedAt',
  'lastSequence',
  'polledAt',
  'fetchedTo',
  'taken',
  'ran',
  'notRunning',
] as const

export async function wireOf(db: Db, outletId: Id<'outlet'>): Promise<Wire | null> {
  const row = await db.selectFrom('pressWire').select(COLUMNS).where('outletId', '=', outletId).executeTakeFirst()
  return row ? asWire(row) : null
}

export async function wireByHash(db: Db, tokenHash: string): Promise<Wire | null> {
  const row = await db.selectFrom('pressWire').select(COLUMNS).where('tokenHash', '=', tokenHash).executeTakeFirst()
  return row ? asWire(row) : null
}

/** The wire, made when it is not there yet, and locked until the transaction ends: numbers are given one writer after the other. */
export async function lockWire(db: Db, outletId: Id<'outlet'>): Promise<Wire> {
  await db
    .insertInto('pressWire')
    .values({ outletId })
    .onConflict((clash) => clash.doNothing())
    .execute()
  return asWire(
    await db
      .selectFrom('pressWire')
      .select(COLUMNS)
      .where('outletId', '=', outletId)
      .forUpdate()
      .executeTakeFirstOrThrow(),
  )
}

export type WireChange = Partial<Omit<Wire, 'outletId'>> & { readonly tokenHash?: string | null }

export async function updateWire(db: Db, outletId: Id<'outlet'>, change: WireChange): Promise<void> {
  await db.updateTable('pressWire').set(change).where('outletId', '=', outletId).execute()
}

/** Notes that a newsroom has read; written once a minute at most unless it has come further. */
export async function setPolled(db: Db, outletId: Id<'outlet'>, after: number, now: Date): Promise<void> {
  await db
    .updateTable('pressWire')
    .set({ polledAt: now, fetchedTo: sql<number>`least(last_sequence, greatest(fetched_to, ${after}::bigint))` })
    .where('outletId', '=', outletId)
    .where(
      sql<boolean>`(polled_at is null or polled_at < ${now}::timestamptz - interval '1 minute' or fetched_to < least(last_sequence, ${after}::bigint))`,
    )
    .execute()
}

export interface NewsroomLine extends Omit<Wire, 'secretSealed'> {
  readonly code: string
  readonly name: string
  readonly place: string
  readonly open: boolean
  readonly paused: boolean
}

/** Newsrooms that a machine serves, by code, after a code; also those without a wire yet. */
export async function newsroomsAfter(db: Db, after: string | null, limit: number): Promise<NewsroomLine[]> {
  let query = db
    .selectFrom('outlet')
    .innerJoin('place', 'place.id', 'outlet.placeId')
    .leftJoin('pressWire', 'pressWire.outletId', 'outlet.id')
    .select([
      'outlet.id as outletId',
      'outlet.code',
      'outlet.name',
      'place.name as place',
      'pressWire.openedAt',
      'pressWire.polledAt',
      sql<boolean>`press_wire.secret_sealed is not null`.as('open'),
      sql<boolean>`outlet.paused_at is not null`.as('paused'),
      sql<number>`coalesce(press_wire.last_sequence, 0)`.as('lastSequence'),
      sql<number>`coalesce(press_wire.fetched_to, 0)`.as('fetchedTo'),
      sql<number>`coalesce(press_wire.taken, 0)`.as('taken'),
      sql<number>`coalesce(press_wire.ran, 0)`.as('ran'),
      sql<number>`coalesce(press_wire.not_running, 0)`.as('notRunning'),
    ])
    .where('outlet.channel', '=', 'press')
    .where('outlet.kind', '=', 'newsroom')
    .where('outlet.means', '=', 'machine')
    .orderBy('outlet.code')
    .limit(limit)
  if (after) query = query.where('outlet.code', '>', after)
  return (await query.execute()) as NewsroomLine[] // ids as the table has them
}

function asWire(row: Record<(typeof COLUMNS)[number], unknown>): Wire {
  return row as unknown as Wire // numbers by the parsers of open-database.ts, ids as they were written
}
