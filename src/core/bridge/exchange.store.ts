import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Exchange } from './code.ts'

const COLUMNS = [
  'id',
  'direction',
  'way',
  'state',
  'name',
  'sha256',
  'bytes',
  'bulletins',
  'days',
  'devices',
  'figures',
  'reports',
  'refused',
  'unmapped',
  'attempts',
  'reason',
  'at',
  'endedAt',
  'personId',
] as const

export async function insertExchange(db: Db, exchange: Exchange): Promise<void> {
  await db.insertInto('bridgeExchange').values(exchange).execute()
}

export async function exchangeById(db: Db, id: Id<'bridge_exchange'>): Promise<Exchange | null> {
  const row = await db.selectFrom('bridgeExchange').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asExchange(row) : null
}

export async function lockExchange(db: Db, id: Id<'bridge_exchange'>): Promise<Exchange | null> {
  const row = await db.selectFrom('bridgeExchange').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asExchange(row) : null
}

/** The exchange by which these very bytes came in; null where they are new, and nobody else notes them until the transaction ends. */
export async function lockBytesReceived(db: Db, sha256: string): Promise<Id<'bridge_exchange'> | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended('bridge received ' || ${sha256}, 0))`.execute(db)
  const query = db.selectFrom('bridgeExchange').select('id').where('sha256', '=', sha256).where('direction', '=', 'in')
  const row = await query.orderBy('id').limit(1).executeTakeFirst()
  return (row?.id as Id<'bridge_exchange'> | undefined) ?? null // as it was written
}

/** The last exchanges first, before one. */
export async function exchangesBefore(
  db: Db,
  before: Id<'bridge_exchange'> | null,
  limit: number,
): Promise<Exchange[]> {
  // Ids go up with the moments at which they were made.
  let query = db.selectFrom('bridgeExchange').select(COLUMNS).orderBy('id', 'desc').limit(limit)
  if (before) query = query.where('id', '<', before)
  return (await query.execute()).map(asExchange)
}

export type ExchangeChange = Partial<
  Pick<
    Exchange,
    'state' | 'reason' | 'endedAt' | 'bulletins' | 'days' | 'devices' | 'figures' | 'reports' | 'refused' | 'unmapped'
  >
>

export async function updateExchange(db: Db, id: Id<'bridge_exchange'>, change: ExchangeChange): Promise<void> {
  await db.updateTable('bridgeExchange').set(change).where('id', '=', id).execute()
}

export interface Attempt {
  readonly at: Date
  /** The status of HTTP; null where no answer came. */
  readonly status: number | null
  readonly tookMs: number
  /** Worded under `bridge_reason_<code>`; empty where it was taken. */
  readonly reason: string
  readonly answer: string
}

export async function insertAttempt(db: Db, exchangeId: Id<'bridge_exchange'>, attempt: Attempt): Promise<void> {
  await db
    .insertInto('bridgeAttempt')
    .values({ ...attempt, exchangeId })
    .execute()
  await db
    .updateTable('bridgeExchange')
    .set({ attempts: sql<number>`attempts + 1` })
    .where('id', '=', exchangeId)
    .execute()
}

export async function attemptsOfExchange(db: Db, id: Id<'bridge_exchange'>): Promise<Attempt[]> {
  return db
    .selectFrom('bridgeAttempt')
    .select(['at', 'status', 'tookMs', 'reason', 'answer'])
    .where('exchangeId', '=', id)
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
}

function asExchange(row: Record<(typeof COLUMNS)[number], unknown>): Exchange {
  return row as unknown as Exchange // states by the checks of the table
}
