import { sql } from 'kysely'
import { dayAt, type Day, type Db, type Id } from '../kernel/index.ts'

/** Stations of a body and of those below it that have something that day, or could have. */
export interface DayCount {
  readonly stationId: Id<'outlet'>
  readonly offered: number
  readonly toClose: number
  /** The first day on which anything is offered, or to be closed. */
  readonly offeredOn: Day | null
  readonly toCloseOn: Day | null
}

/** By station: ordinary plays that still wait for a decision until a day, and hand plays of days gone that nobody has closed. */
export async function waitingAt(
  db: Db,
  stationIds: readonly Id<'outlet'>[],
  now: Date,
  until: Day,
): Promise<DayCount[]> {
  if (stationIds.length === 0) return []
  const { rows } = await sql<DayCount>`
    select station_id, count(*) filter (where is_offered)::int as offered, min(day) filter (where is_offered)::text as offered_on,
      count(distinct day) filter (where is_open)::int as to_close, min(day) filter (where is_open)::text as to_close_on
    from (
      select play.station_id, play.day, play.state = 'offered' and planned_at > ${now}::timestamptz as is_offered,
        station.carriage <> 'ip' and planned_at <= ${now}::timestamptz and exists (
          select 1 from play_end where play_end.play_id = play.id and play_end.state = 'expected') as is_open
      from play join station on station.outlet_id = play.station_id
      where play.station_id = any(${[...stationIds]}::uuid[]) and play.state in ('offered', 'chosen') and play.day <= ${until}::date
        and play.day >= ${dayAt(new Date(now.getTime() - 7 * 86_400_000))}::date
    ) as near group by station_id order by station_id`.execute(db)
  return rows
}
