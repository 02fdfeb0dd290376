import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import type { Db, Id } from '../kernel/index.ts'
import type { Answer } from './sender.ts'

export interface RowToAsk {
  readonly releaseId: Id<'release'>
  readonly id: Id<'delivery'>
  readonly channel: ChannelKey
  readonly outletId: Id<'outlet'>
  readonly gatewayId: Id<'gateway'> | null
  readonly fence: number
  readonly ref: string | null
  readonly refs: readonly string[]
}

/** Rows whose provider is to be asked now; each is put off until `again`, or to a person once its time is over. */
export async function rowsToAsk(db: Db, now: Date, again: Date, limit: number): Promise<RowToAsk[]> {
  const { rows } = await sql<RowToAsk>`
    with asked as (
      select release_id, id from delivery where state = 'unknown' and ask_at <= ${now}::timestamptz
      order by ask_at limit ${limit} for update skip locked
    )
    update delivery set ask_at = case when ask_until > ${again}::timestamptz then ${again}::timestamptz end
    from asked where delivery.release_id = asked.release_id and delivery.id = asked.id
    returning delivery.release_id as "releaseId", delivery.id, channel, outlet_id as "outletId", gateway_id as "gatewayId",
      fence, provider_ref as ref,
      array(select part.ref from delivery_part as part where part.delivery_id = delivery.id and part.part > 0 order by part.part) as refs`.execute(
    db,
  )
  return rows.map((row) => ({ ...row, fence: Number(row.fence) }))
}

const STATE = { delivered: 'delivered', accepted: 'accepted', failed: 'failed', missing: 'due' } as const

/** Writes what providers said of rows that are still unknown; what surely never arrived may go again. Answers how many. */
export async function answerUnknown(
  db: Db,
  rows: readonly RowToAsk[],
  answers: readonly Answer[],
  now: Date,
): Promise<number> {
  const said = rows.flatMap((row, at) => {
    const answer = answers[at]
    if (!answer || answer.kind === 'unknown') return []
    return [{ ...row, state: STATE[answer.kind], kind: `asked_${answer.kind}`, reason: answer.reason ?? '' }]
  })
  if (said.length === 0) return 0
  const result = await sql`
    with said as (
      select * from unnest(${said.map((one) => one.releaseId)}::uuid[], ${said.map((one) => one.id)}::uuid[],
        ${said.map((one) => one.fence)}::bigint[], ${said.map((one) => one.state)}::text[],
        ${said.map((one) => one.kind)}::text[], ${said.map((one) => one.reason)}::text[])
        as said (release_id, id, fence, state, kind, reason)
    ), moved as (
      update delivery set fence = delivery.fence + 1, ask_at = null, reason = said.reason,
        state = case when said.state = 'due' and release.cancelled_at is not null then 'cancelled' else said.state end,
        closed_at = case when said.state in ('delivered', 'failed') or release.cancelled_at is not null then ${now}::timestamptz end
      from said join release on release.id = said.release_id
      where delivery.release_id = said.release_id and delivery.id = said.id and delivery.state = 'unknown' and delivery.fence = said.fence
      returning delivery.release_id, delivery.id, delivery.fence, said.kind, said.reason
    )
    insert into delivery_event (release_id, delivery_id, at, kind, fence, detail)
    select release_id, id, ${now}::timestamptz, kind, fence, reason from moved`.execute(db)
  return Number(result.numAffectedRows ?? 0n)
}
