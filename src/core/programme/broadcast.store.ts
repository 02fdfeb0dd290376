import type { Db, Id } from '../kernel/index.ts'
import type { Broadcast } from './programme.ts'

const COLUMNS = [
  'id',
  'releaseId',
  'language',
  'versionId',
  'contentHash',
  'title',
  'class',
  'sha256',
  'bytes',
  'seconds',
  'script',
  'validFrom',
  'validUntil',
  'madeAt',
  'withdrawnAt',
] as const

/** Adds those that their releases have not yet; whoever comes second adds none. */
export async function insertBroadcasts(db: Db, broadcasts: readonly Broadcast[]): Promise<void> {
  if (broadcasts.length === 0) return
  await db
    .insertInto('broadcast')
    .values(broadcasts)
    .onConflict((clash) => clash.columns(['releaseId', 'language']).doNothing())
    .execute()
}

/** Those of a release, by language. */
export async function broadcastsOfRelease(db: Db, releaseId: Id<'release'>): Promise<Broadcast[]> {
  const query = db.selectFrom('broadcast').select(COLUMNS).where('releaseId', '=', releaseId).orderBy('language')
  return (await query.execute()).map(asBroadcast)
}

export async function broadcastsByIds(
  db: Db,
  ids: readonly Id<'broadcast'>[],
): Promise<Map<Id<'broadcast'>, Broadcast>> {
  if (ids.length === 0) return new Map()
  const query = db
    .selectFrom('broadcast')
    .select(COLUMNS)
    .where('id', 'in', [...new Set(ids)])
  return new Map((await query.execute()).map(asBroadcast).map((one) => [one.id, one]))
}

/** Takes those of releases back for good: no device is to play them any more. */
export async function withdrawBroadcasts(db: Db, releaseIds: readonly Id<'release'>[], now: Date): Promise<void> {
  await db
    .updateTable('broadcast')
    .set({ withdrawnAt: now })
    .where('releaseId', 'in', [...releaseIds])
    .where('withdrawnAt', 'is', null)
    .execute()
}

function asBroadcast(row: Record<string, unknown>): Broadcast {
  const bytes = row['bytes'] === null ? null : Number(row['bytes'])
  return { ...row, bytes, seconds: Number(row['seconds']) } as unknown as Broadcast // class as the table checks it
}
