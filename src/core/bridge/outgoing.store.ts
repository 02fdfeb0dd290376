import { sql } from 'kysely'
import type { Db } from '../kernel/index.ts'
import type { PlayFigures, SourceDevice } from './bridge-package.ts'
import type { BridgeDays } from './code.ts'

export interface OutgoingBulletin {
  readonly id: string
  readonly title: string
  readonly class: string
  readonly language: string
  readonly sha256: string
  readonly bytes: number
  readonly seconds: number
  readonly script: string
  readonly madeAt: Date
  readonly author: string
  /** Codes of the stations that play it in these days. */
  readonly stations: readonly string[]
}

/** What is played in these days, as it was approved; what was withdrawn is not in it. */
export async function outgoingBulletins(db: Db, { from, to }: BridgeDays): Promise<OutgoingBulletin[]> {
  const { rows } = await sql<OutgoingBulletin>`
    select broadcast.id, broadcast.title, broadcast.class, broadcast.language, broadcast.sha256, broadcast.bytes,
      broadcast.seconds::float as seconds, broadcast.script, broadcast.made_at as "madeAt", organisation.name as author,
      array_agg(distinct outlet.code order by outlet.code) as stations
    from play join broadcast on broadcast.id = play.broadcast_id
      join outlet on outlet.id = play.station_id
      join release on release.id = broadcast.release_id join organisation on organisation.id = release.organisation_id
    where play.day between ${from}::date and ${to}::date and play.state = 'chosen' and broadcast.withdrawn_at is null
    group by broadcast.id, organisation.name order by broadcast.made_at, broadcast.id`.execute(db)
  return rows
}

export interface OutgoingPlay {
  readonly id: string
  readonly station: string
  readonly day: string
  readonly slotId: string | null
  readonly slot: string
  /** `HH:MM` in the time of Vietnam. */
  readonly begins: string
  readonly ends: string
  readonly broadcastId: string
  readonly seconds: number
}

/** The plays of these days in the order in which they are heard; one outside of a slot has its own time. */
export async function outgoingPlays(db: Db, { from, to }: BridgeDays): Promise<OutgoingPlay[]> {
  const { rows } = await sql<OutgoingPlay>`
    select play.id, outlet.code as station, to_char(play.day, 'YYYY-MM-DD') as day, slot.id as "slotId",
      coalesce(slot.name, '') as slot, to_char(coalesce(slot.begins, heard.at::time), 'HH24:MI') as begins,
      to_char(coalesce(slot.begins + make_interval(mins => slot.minutes),
        (heard.at + make_interval(secs => ceil(broadcast.seconds)::int))::time), 'HH24:MI') as ends,
      broadcast.id as "broadcastId", broadcast.seconds::float as seconds
    from play join broadcast on broadcast.id = play.broadcast_id and broadcast.withdrawn_at is null
      join outlet on outlet.id = play.station_id left join slot on slot.id = play.slot_id,
      lateral (select play.planned_at at time zone 'Asia/Ho_Chi_Minh' as at) as heard
    where play.day between ${from}::date and ${to}::date and play.state = 'chosen'
    order by outlet.code, play.day, begins, play.ord, play.planned_at, play.id`.execute(db)
  return rows
}

/** Devices of stations and boards, and boards that are shown at their address without one. */
export async function outgoingDevices(db: Db): Promise<SourceDevice[]> {
  const { rows } = await sql<SourceDevice>`
    select device.code, coalesce(cluster.name, outlet.name) as name, coalesce(cluster.code, outlet.code) as area,
      coalesce(nullif(cluster.village, ''), place.name) as address, coalesce(cluster.latitude, station.latitude) as latitude,
      coalesce(cluster.longitude, station.longitude) as longitude, device.state = 'enrolled' as on
    from device join outlet on outlet.id = device.outlet_id join place on place.id = outlet.place_id
      left join station on station.outlet_id = outlet.id left join cluster on cluster.id = device.cluster_id
    where device.state <> 'revoked'
    union all
    select outlet.code, outlet.name, outlet.code, place.name, null, null, board.token_hash is not null
    from board join outlet on outlet.id = board.outlet_id join place on place.id = outlet.place_id
    where not exists (select 1 from device where device.board_id = board.outlet_id and device.state <> 'revoked')
      and not exists (select 1 from device where device.code = outlet.code and device.state <> 'revoked')
    order by 1`.execute(db)
  return rows
}

/** What every device played in these days, summed; plays that are still open are in none of it. */
export async function outgoingFigures(db: Db, { from, to }: BridgeDays): Promise<PlayFigures[]> {
  const { rows } = await sql<PlayFigures>`
    select outlet.code as station, coalesce(device.code, '') as speaker, place.name as place,
      coalesce(cluster.latitude, station.latitude) as latitude, coalesce(cluster.longitude, station.longitude) as longitude,
      count(*)::int as total, count(*) filter (where play_end.state = 'played')::int as played,
      count(*) filter (where play.class = 'emergency')::int as emergencies,
      coalesce(sum(play_end.seconds), 0)::float as "playedSeconds", coalesce(sum(broadcast.seconds), 0)::float as "askedSeconds"
    from play_end join play on play.id = play_end.play_id join broadcast on broadcast.id = play.broadcast_id
      join outlet on outlet.id = play.station_id join place on place.id = outlet.place_id
      left join station on station.outlet_id = outlet.id
      left join device on device.id = play_end.device_id left join cluster on cluster.id = device.cluster_id
    where play.day between ${from}::date and ${to}::date and play_end.state <> 'expected'
    group by outlet.code, device.code, place.name, 4, 5 order by outlet.code, device.code nulls first`.execute(db)
  return rows
}
