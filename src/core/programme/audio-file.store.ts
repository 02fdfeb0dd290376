import type { Db, Id } from '../kernel/index.ts'

/** Bytes of a recording that a station is to play, was to play, or may yet choose; null where it has nothing to do with it. */
export async function bytesMeantFor(db: Db, stationId: Id<'outlet'>, sha256: string): Promise<number | null> {
  const row = await db
    .selectFrom('broadcast')
    .innerJoin('play', 'play.broadcastId', 'broadcast.id')
    .select('broadcast.bytes')
    .where('broadcast.sha256', '=', sha256)
    .where('broadcast.withdrawnAt', 'is', null)
    .where('play.stationId', '=', stationId)
    .where('play.state', 'in', ['offered', 'chosen'])
    .limit(1)
    .executeTakeFirst()
  return row?.bytes ?? null
}
