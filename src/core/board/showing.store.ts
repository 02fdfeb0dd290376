import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Showing } from './board.ts'

const COLUMNS = [
  'id',
  'outletId',
  'releaseId',
  'deliveryId',
  'messageId',
  'class',
  'kind',
  'language',
  'words',
  'mediaId',
  'seconds',
  'fromAt',
  'untilAt',
  'madeAt',
  'withdrawnAt',
] as const

/** Lays showings; those of a row that stand already are left. Answers how many are new. */
export async function insertShowings(db: Db, showings: readonly Showing[]): Promise<number> {
  if (showings.length === 0) return 0
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('showing')
    .values([...showings])
    .onConflict((clash) => clash.columns(['deliveryId', 'language']).doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0)
}

/** What a board shows at a moment, or will within `aheadMs`: the oldest first, emergencies before all. */
export async function showingsAt(db: Db, outletId: Id<'outlet'>, now: Date, aheadMs: number): Promise<Showing[]> {
  const rows = await db
    .selectFrom('showing')
    .select(COLUMNS)
    .where('outletId', '=', outletId)
    .where('withdrawnAt', 'is', null)
    .where('untilAt', '>', now)
    .where('fromAt', '<=', new Date(now.getTime() + aheadMs))
    .orderBy(sql`case class when 'emergency' then 0 when 'priority' then 1 else 2 end`)
    .orderBy('fromAt')
    .orderBy('id')
    .limit(100)
    .execute()
  return rows.map(asShowing)
}

export async function showingsByIds(db: Db, ids: readonly Id<'showing'>[]): Promise<Map<string, Showing>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('showing')
    .select(COLUMNS)
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, asShowing(row)]))
}

/** Takes down what stands on a board of these releases or this message; answers how many. */
export async function withdrawShowings(
  db: Db,
  outletId: Id<'outlet'>,
  what: { readonly releaseIds: readonly Id<'release'>[]; readonly messageId: Id<'message'> | null },
  now: Date,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('showing')
    .set({ withdrawnAt: now })
    .where('outletId', '=', outletId)
    .where('withdrawnAt', 'is', null)
    .where((eb) =>
      eb.or([
        eb('releaseId', 'in', [...what.releaseIds]),
        ...(what.messageId ? [eb('messageId', '=', what.messageId)] : []),
      ]),
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Media of what a board shows at a moment, or will within `aheadMs`. */
export async function mediaShownAt(db: Db, outletId: Id<'outlet'>, now: Date, aheadMs: number): Promise<Id<'media'>[]> {
  const rows = await db
    .selectFrom('showing')
    .select('mediaId')
    .distinct()
    .where('outletId', '=', outletId)
    .where('mediaId', 'is not', null)
    .where('withdrawnAt', 'is', null)
    .where('untilAt', '>', now)
    .where('fromAt', '<=', new Date(now.getTime() + aheadMs))
    .execute()
  return rows.map(({ mediaId }) => mediaId as Id<'media'>) // as insertShowings wrote them
}

/** Whether a board was shown this media within a showing that stands. */
export async function showsMedia(db: Db, outletId: Id<'outlet'>, mediaId: Id<'media'>, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('showing')
    .select('id')
    .where('outletId', '=', outletId)
    .where('mediaId', '=', mediaId)
    .where('withdrawnAt', 'is', null)
    .where('untilAt', '>', now)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export interface Takeback {
  readonly deliveryId: Id<'delivery'>
  readonly outletId: Id<'outlet'>
  readonly releaseId: Id<'release'>
  readonly ofReleaseId: Id<'release'>
  readonly version: number
}

export async function insertTakeback(db: Db, takeback: Takeback): Promise<void> {
  await db
    .insertInto('boardTakeback')
    .values(takeback)
    .onConflict((clash) => clash.doNothing())
    .execute()
}

/** Whether a release was recalled at a board before it came there. */
export async function isTakenBack(db: Db, outletId: Id<'outlet'>, releaseId: Id<'release'>): Promise<boolean> {
  const row = await db
    .selectFrom('boardTakeback')
    .select('deliveryId')
    .where('outletId', '=', outletId)
    .where('ofReleaseId', '=', releaseId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Closes the recalls that a board has fetched by this version; answers their rows. */
export async function closeTakebacks(db: Db, outletId: Id<'outlet'>, held: number, now: Date) {
  const rows = await db
    .updateTable('boardTakeback')
    .set({ closedAt: now })
    .where('outletId', '=', outletId)
    .where('closedAt', 'is', null)
    .where('version', '<=', held)
    .returning(['deliveryId', 'releaseId'])
    .execute()
  return rows as { deliveryId: Id<'delivery'>; releaseId: Id<'release'> }[] // as insertTakeback wrote them
}

/** Rows whose showings are all over, or were taken down, since before `before`, and of which no proof counts. */
export async function unshownRows(db: Db, before: Date, limit: number) {
  const { rows } = await sql<{ deliveryId: Id<'delivery'>; releaseId: Id<'release'>; withdrawn: boolean }>`
    select showing.delivery_id as "deliveryId", showing.release_id as "releaseId",
      bool_and(showing.withdrawn_at is not null) as withdrawn
    from showing join delivery on delivery.release_id = showing.release_id and delivery.id = showing.delivery_id
      and delivery.state = 'accepted'
    group by 1, 2
    having bool_and(least(showing.until_at, coalesce(showing.withdrawn_at, 'infinity')) < ${before}::timestamptz)
      and not bool_or(exists (select from showing_proof where showing_id = showing.id and doubt = ''))
    limit ${limit}`.execute(db)
  return rows
}

function asShowing(row: Record<(typeof COLUMNS)[number], unknown>): Showing {
  return row as unknown as Showing // classes and kinds by the checks of the table
}
