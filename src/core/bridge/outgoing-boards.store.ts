import { sql } from 'kysely'
import type { Db } from '../kernel/index.ts'
import type { SourceBeat } from './bridge-package.ts'
import type { BridgeDays } from './code.ts'

/** What each device last said of itself; one that has never spoken is not in it. */
export async function outgoingBeats(db: Db): Promise<SourceBeat[]> {
  const { rows } = await sql<SourceBeat>`
    select device.code as device, coalesce(cluster.name, outlet.name) as name, device_state.heard_at as at,
      device_state.agent_version as version, device_state.volume, device_state.faults
    from device join device_state on device_state.device_id = device.id join outlet on outlet.id = device.outlet_id
    left join cluster on cluster.id = device.cluster_id
    where device.state <> 'revoked' order by device.code`.execute(db)
  return rows
}

export interface OutgoingShowing {
  readonly id: string
  readonly board: string
  readonly title: string
  readonly kind: 'line' | 'notice' | 'picture' | 'film'
  readonly words: string
  readonly media: string
  readonly seconds: number
  readonly madeAt: Date
  readonly from: Date
  readonly until: Date
}

/** What boards show on these days; what was withdrawn is not in it. */
export async function outgoingShowings(db: Db, { from, to }: BridgeDays): Promise<OutgoingShowing[]> {
  const { rows } = await sql<OutgoingShowing>`
    select showing.id, outlet.code as board, message.working_title as title, showing.kind, showing.words,
      coalesce(media.sha256, '') as media, showing.seconds, date_trunc('second', showing.made_at) as made_at,
      date_trunc('second', showing.from_at) as "from", date_trunc('second', showing.until_at) as until
    from showing join outlet on outlet.id = showing.outlet_id join message on message.id = showing.message_id
    left join media on media.id = showing.media_id
    where showing.withdrawn_at is null
      and showing.from_at < (${to}::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'
      and showing.until_at > ${from}::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
    order by outlet.code, showing.from_at, showing.id`.execute(db)
  return rows
}
