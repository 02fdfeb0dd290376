import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'

/** An entry of the as-played log as people read it: what a device says became of a play, or of itself. */
export interface PlayedEntry {
  readonly deviceId: Id<'device'>
  readonly seq: number
  readonly at: Date
  readonly kind: string
  readonly deviceCode: string
  readonly clusterName: string | null
  /** Of the bulletin, where the entry is about one. */
  readonly title: string | null
  /** Who was heard, where the entry is about a speech that took the loudspeakers over. */
  readonly spokenBy: string | null
  readonly state: string | null
  readonly seconds: number | null
  readonly what: string | null
  readonly why: string | null
}

/** The last entry of a page, after which the next one goes on. */
export type AfterEntry = Pick<PlayedEntry, 'at' | 'deviceId' | 'seq'>

/**
 * What the devices of a station, or one of them, say they have played and refused, the newest first. Each device's log is
 * read from its end, so that it costs the same however long the logs are.
 */
export async function playedAt(
  db: Db,
  [column, id]: readonly ['station_id' | 'id', string],
  after: AfterEntry | null,
  limit: number,
): Promise<PlayedEntry[]> {
  const earlier =
    after === null
      ? sql`true`
      : sql`(at, device_id, seq) < (${after.at}, ${after.deviceId}::uuid, ${after.seq}::bigint)`
  const { rows } = await sql<Omit<PlayedEntry, 'seq'> & { readonly seq: string | number }>`
    select entry.device_id, entry.seq, entry.at, entry.kind, device.code as device_code, cluster.name as cluster_name,
      broadcast.title, takeover.speaker as spoken_by, entry.body->'entry'->>'state' as state, (entry.body->'entry'->>'seconds')::float8 as seconds,
      coalesce(entry.body->'entry'->>'what', entry.body->'entry'->>'answer') as what,
      coalesce(nullif(entry.body->'entry'->>'reason', ''), entry.body->'entry'->>'why') as why
    from device left join cluster on cluster.id = device.cluster_id
      cross join lateral (
        select device_id, seq, at, kind, play_id, body from device_log
        where device_id = device.id and kind <> 'command' and ${earlier} order by seq desc limit ${limit}
      ) entry
      left join play on play.id = entry.play_id
      left join broadcast on broadcast.id = play.broadcast_id
      left join takeover_station on takeover_station.play_id = entry.play_id
      left join takeover on takeover.id = takeover_station.takeover_id
    where ${sql.ref(`device.${column}`)} = ${id}
    order by entry.at desc, entry.device_id desc, entry.seq desc limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }))
}
