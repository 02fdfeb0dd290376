import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'

export interface RowKey {
  readonly releaseId: Id<'release'>
  readonly deliveryId: Id<'delivery'>
}

/** Rows of the ledger that do not stand as delivered though one of these plays was played to its end. */
export async function rowsHeard(db: Db, playIds: readonly Id<'play'>[]): Promise<RowKey[]> {
  if (playIds.length === 0) return []
  const { rows } = await sql<RowKey>`
    select distinct play.release_id, play.delivery_id from play
    join delivery on delivery.release_id = play.release_id and delivery.id = play.delivery_id
    where play.id = any(${[...playIds]}::uuid[]) and delivery.state in ('accepted', 'failed', 'cancelled', 'unknown')
      and exists (select 1 from play_end where play_end.play_id = play.id and play_end.state = 'played')
    order by play.release_id, play.delivery_id`.execute(db)
  return rows
}

/**
 * Rows of the ledger by machine, of these plays, of which every play has come to its ends and none was played: with the
 * end that says most of why.
 */
export async function rowsUnheard(
  db: Db,
  playIds: readonly Id<'play'>[],
): Promise<(RowKey & { readonly why: string; readonly reason: string })[]> {
  if (playIds.length === 0) return []
  const { rows } = await sql<RowKey & { why: string; reason: string }>`
    with row as (
      select distinct play.release_id, play.delivery_id from play
      join delivery on delivery.release_id = play.release_id and delivery.id = play.delivery_id
      where play.id = any(${[...playIds]}::uuid[]) and delivery.state = 'accepted' and delivery.means = 'machine'
    )
    select row.release_id, row.delivery_id, last.state as why, last.reason from row cross join lateral (
      select play_end.state, play_end.reason from play join play_end on play_end.play_id = play.id
      where play.release_id = row.release_id and play.delivery_id = row.delivery_id
      order by array_position(array['partial', 'preempted', 'failed', 'offline', 'skipped', 'cancelled'], play_end.state),
        play.planned_at desc limit 1
    ) as last
    where not exists (
      select 1 from play left join play_end on play_end.play_id = play.id
      where play.release_id = row.release_id and play.delivery_id = row.delivery_id
        and (play_end.state in ('expected', 'played') or (play_end.play_id is null and play.state in ('offered', 'chosen'))))
    order by row.release_id, row.delivery_id`.execute(db)
  return rows
}

/**
 * Plays of rows that wait though all is known of them: one was played, which a device said while its row was still held; or
 * each has come to its end without that, which devices said at the same moment, none knowing of the other.
 */
export async function playsOfWaitingRows(db: Db, since: Date, limit: number): Promise<Id<'play'>[]> {
  const { rows } = await sql<{ id: Id<'play'> }>`
    with ended as (
      select play.id, play.release_id, play.delivery_id, delivery.means, play_end.state from play_end
      join play on play.id = play_end.play_id
      join delivery on delivery.release_id = play.release_id and delivery.id = play.delivery_id and delivery.state = 'accepted'
      where play_end.closed_at >= ${since}::timestamptz
    ), over as (
      select distinct on (release_id, delivery_id) id, release_id, delivery_id from ended where means = 'machine'
    )
    select id from ended where state = 'played'
    union
    select id from over where not exists (
      select 1 from play left join play_end on play_end.play_id = play.id
      where play.release_id = over.release_id and play.delivery_id = over.delivery_id
        and (play_end.state in ('expected', 'played') or (play_end.play_id is null and play.state in ('offered', 'chosen'))))
    limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Notes that a station is to lose what was taken back, by the schedule from which on it has. */
export async function insertWithdrawal(db: Db, row: RowKey, stationId: Id<'outlet'>, now: Date): Promise<void> {
  await sql`
    insert into broadcast_withdrawal (delivery_id, release_id, station_id, schedule_version, at)
    select ${row.deliveryId}::uuid, ${row.releaseId}::uuid, outlet_id, schedule_version, ${now}::timestamptz
    from station where outlet_id = ${stationId}::uuid
    on conflict do nothing`.execute(db)
}

/** Withdrawals that every device of their station holds by now, and those that are silent since a moment. */
export async function settledWithdrawals(
  db: Db,
  silentSince: Date,
  limit: number,
): Promise<(RowKey & { readonly held: boolean })[]> {
  const { rows } = await sql<RowKey & { held: boolean }>`
    select release_id, delivery_id, held from (
      select open.*, not exists (
        select 1 from device left join device_state on device_state.device_id = device.id
        where device.station_id = open.station_id and device.state = 'enrolled'
          and coalesce(device_state.schedule_version, 0) < open.schedule_version) as held
      from broadcast_withdrawal as open join delivery on delivery.release_id = open.release_id and delivery.id = open.delivery_id
      where open.closed_at is null and delivery.state in ('accepted', 'failed')
    ) as standing where held or (at <= ${silentSince}::timestamptz and exists (
      select 1 from delivery where delivery.release_id = standing.release_id and id = standing.delivery_id and state = 'accepted'))
    order by at limit ${limit}`.execute(db)
  return rows
}

export async function closeWithdrawals(db: Db, deliveryIds: readonly Id<'delivery'>[], now: Date): Promise<void> {
  if (deliveryIds.length === 0) return
  await db
    .updateTable('broadcastWithdrawal')
    .set({ closedAt: now })
    .where('deliveryId', 'in', [...deliveryIds])
    .execute()
}

/** After how many hours a play that no device spoke of is called offline. */
export async function silentHours(db: Db): Promise<number> {
  const row = await db.selectFrom('programmeSetting').select('silentHours').executeTakeFirstOrThrow()
  return row.silentHours
}

export async function updateSilentHours(db: Db, hours: number): Promise<void> {
  await db.updateTable('programmeSetting').set({ silentHours: hours }).execute()
}
