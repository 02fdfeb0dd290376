import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'

export interface MeantFile {
  readonly stationId: Id<'outlet'>
  readonly sha256: string
}

/** Of these recordings those that their stations are to play, were to play, or may yet choose, with their bytes. */
export async function filesMeantFor(
  db: Db,
  asked: readonly MeantFile[],
): Promise<(MeantFile & { readonly bytes: number })[]> {
  const { rows } = await sql<MeantFile & { bytes: string }>`
    select asked.station_id, asked.sha256, meant.bytes
    from unnest(${asked.map(({ stationId }) => stationId)}::uuid[], ${asked.map(({ sha256 }) => sha256)}::text[]) as asked (station_id, sha256)
    cross join lateral (
      select broadcast.bytes from broadcast join play on play.broadcast_id = broadcast.id
      where broadcast.sha256 = asked.sha256 and broadcast.withdrawn_at is null
        and play.station_id = asked.station_id and play.state in ('offered', 'chosen') limit 1
    ) as meant`.execute(db)
  return rows.map(({ bytes, ...one }) => ({ ...one, bytes: Number(bytes) }))
}
