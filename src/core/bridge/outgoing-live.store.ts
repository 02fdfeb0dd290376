import { sql } from 'kysely'
import type { Db } from '../kernel/index.ts'
import type { BridgeDays } from './code.ts'

/** What was said live at a station: nothing of it was in any schedule, and how long it was who spoke decided. */
export interface OutgoingLive {
  readonly id: string
  readonly playId: string
  readonly station: string
  readonly day: string
  /** `HH:MM` in the time of Vietnam. */
  readonly begins: string
  readonly ends: string
  readonly beganAt: Date
  readonly seconds: number
  readonly speaker: string
  readonly reason: string
  readonly language: string
  readonly sha256: string | null
  readonly bytes: number | null
}

/** Takeovers that were heard on these days, at each station that they addressed. */
export async function outgoingLive(db: Db, { from, to }: BridgeDays): Promise<OutgoingLive[]> {
  const { rows } = await sql<OutgoingLive>`
    select takeover.id, takeover_station.play_id, outlet.code as station, to_char(heard.at, 'YYYY-MM-DD') as day,
      to_char(heard.at, 'HH24:MI') as begins, to_char(heard.until, 'HH24:MI') as ends, takeover.began_at,
      round(extract(epoch from takeover.ended_at - takeover.began_at), 2)::float as seconds, takeover.speaker, takeover.reason,
      takeover.language, takeover.sha256, takeover.bytes
    from takeover join takeover_station on takeover_station.takeover_id = takeover.id
    join outlet on outlet.id = takeover_station.station_id,
      lateral (select takeover.began_at at time zone 'Asia/Ho_Chi_Minh' as at,
        takeover.ended_at at time zone 'Asia/Ho_Chi_Minh' as until) as heard
    where takeover.state = 'ended' and heard.at::date between ${from}::date and ${to}::date
    order by takeover.began_at, takeover.id, outlet.code`.execute(db)
  return rows
}
