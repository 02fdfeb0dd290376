import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import type { Db, Id } from '../kernel/index.ts'
import type { Gateway } from './gateway.ts'

const COLUMNS = [
  'id',
  'code',
  'name',
  'channel',
  'kind',
  'organisationId',
  'settings',
  'secretSealed',
  'share',
  'shareNow',
  'ratePerSecond',
  'windowSize',
  'simulated',
  'pausedAt',
  'pausedReason',
] as const

/** All of a channel, or of all channels, by code. */
export async function gatewaysOf(db: Db, channel: ChannelKey | null): Promise<Gateway[]> {
  let query = db.selectFrom('gateway').select(COLUMNS).orderBy('code')
  if (channel) query = query.where('channel', '=', channel)
  return (await query.execute()).map(asGateway)
}

export async function gatewayById(db: Db, id: Id<'gateway'>): Promise<Gateway | null> {
  const row = await db.selectFrom('gateway').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asGateway(row) : null
}

export async function gatewayByCode(db: Db, code: string): Promise<Gateway | null> {
  const row = await db.selectFrom('gateway').select(COLUMNS).where('code', '=', code).executeTakeFirst()
  return row ? asGateway(row) : null
}

/** Adds a gateway, or amends the one of the same code. */
export async function upsertGateway(db: Db, gateway: Gateway): Promise<void> {
  const { id, settings, ...rest } = gateway
  const change = { ...rest, settings: JSON.stringify(settings) }
  await db
    .insertInto('gateway')
    .values({ id, ...change })
    .onConflict((clash) => clash.column('code').doUpdateSet(change))
    .execute()
}

export async function updateGateway(
  db: Db,
  id: Id<'gateway'>,
  change: Partial<Pick<Gateway, 'shareNow' | 'pausedAt' | 'pausedReason'>>,
): Promise<void> {
  await db.updateTable('gateway').set(change).where('id', '=', id).execute()
}

/** As far as the clocks of workers may be apart; a bucket that was drawn from later than that was so before a clock was set back. */
const CLOCKS_APART_SECONDS = 5

/**
 * Draws up to `wanted` rows from the bucket of a gateway, which fills with its rate up to one second's worth. Every
 * worker draws from the same bucket, so that together they keep to the rate. A clock that was set back costs nothing:
 * the bucket fills anew from then on. Answers how many were drawn.
 */
export async function drawTokens(db: Db, id: Id<'gateway'>, wanted: number, now: Date): Promise<number> {
  const { rows } = await sql<{ drawn: number }>`
    with held as (
      select id, bucket_at > ${now}::timestamptz + make_interval(secs => ${CLOCKS_APART_SECONDS}) as set_back,
        bucket_at, bucket_rows, rate_per_second
      from gateway where id = ${id}::uuid and paused_at is null for update
    ), filled as (
      select id, set_back, least(rate_per_second, bucket_rows + rate_per_second * greatest(0, extract(epoch from ${now}::timestamptz
        - case when set_back then ${now}::timestamptz - interval '1 second'
            else greatest(bucket_at, ${now}::timestamptz - interval '1 second') end))) as full_tokens
      from held
    ), drawn as (
      update gateway set bucket_rows = full_tokens - least(${wanted}, floor(full_tokens)),
        bucket_at = case when set_back then ${now}::timestamptz else greatest(bucket_at, ${now}::timestamptz) end
      from filled where gateway.id = filled.id returning least(${wanted}, floor(full_tokens))::int as drawn
    )
    select drawn from drawn`.execute(db)
  return rows[0]?.drawn ?? 0
}

/** What a gateway did just now, added to its minute. `receiptSeconds`: how long those receipts were waited for, together. */
export interface Doings {
  readonly sent?: number
  readonly good?: number
  readonly bad?: number
  readonly receipts?: number
  readonly receiptSeconds?: number
}

export async function noteDoings(db: Db, id: Id<'gateway'>, doings: Doings, now: Date): Promise<void> {
  const { sent = 0, good = 0, bad = 0, receipts = 0, receiptSeconds = 0 } = doings
  await sql`
    insert into gateway_minute as held (gateway_id, minute, sent, good, bad, receipts, receipt_seconds)
    values (${id}, date_trunc('minute', ${now}::timestamptz), ${sent}, ${good}, ${bad}, ${receipts}, ${receiptSeconds})
    on conflict (gateway_id, minute) do update set sent = held.sent + excluded.sent, good = held.good + excluded.good,
      bad = held.bad + excluded.bad, receipts = held.receipts + excluded.receipts,
      receipt_seconds = held.receipt_seconds + excluded.receipt_seconds`.execute(db)
}

export interface GatewayMinute extends Required<Doings> {
  readonly minute: Date
}

/** What it did from a moment on, the oldest minute first. */
export async function minutesOf(db: Db, id: Id<'gateway'>, since: Date): Promise<GatewayMinute[]> {
  return db
    .selectFrom('gatewayMinute')
    .select(['minute', 'sent', 'good', 'bad', 'receipts', 'receiptSeconds'])
    .where('gatewayId', '=', id)
    .where('minute', '>=', since)
    .orderBy('minute')
    .execute()
}

export interface Shift {
  readonly at: Date
  readonly fromShare: number
  readonly toShare: number
  /** Worded under `gateway_shift_<reason>`. */
  readonly reason: string
}

/** Least time between two shifts of one road. */
const SHIFT_EVERY_SECONDS = 30

/** Changes the share a gateway has now, if it still has the one that was looked at; notes it. Answers whether it did. */
export async function shiftShare(
  db: Db,
  { id, shareNow }: Gateway,
  share: number,
  reason: string,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    with shifted as (
      update gateway set share_now = ${share} where id = ${id} and share_now = ${shareNow} and not exists (
        select 1 from gateway_shift where gateway_id = ${id}
          and at > ${now}::timestamptz - make_interval(secs => ${SHIFT_EVERY_SECONDS})
      ) returning id
    )
    insert into gateway_shift (gateway_id, at, from_share, to_share, reason)
    select id, ${now}::timestamptz, ${shareNow}, ${share}, ${reason} from shifted returning gateway_id as id`.execute(
    db,
  )
  return rows.length > 0
}

/** The newest first. */
export async function shiftsOf(db: Db, id: Id<'gateway'>, limit: number): Promise<Shift[]> {
  return db
    .selectFrom('gatewayShift')
    .select(['at', 'fromShare', 'toShare', 'reason'])
    .where('gatewayId', '=', id)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

function asGateway(row: Record<string, unknown>): Gateway {
  return row as unknown as Gateway // channels and kinds as the actions checked them
}
