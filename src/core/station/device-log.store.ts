import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { LogEnd, NotableEntry } from './device-log.ts'

/** The newest entry that is kept of a device, which is locked until the transaction ends; seq 0 where there is none. */
export async function lockLogEnd(db: Db, deviceId: Id<'device'>): Promise<LogEnd> {
  await db.selectFrom('device').select('id').where('id', '=', deviceId).forUpdate().executeTakeFirstOrThrow()
  const row = await db
    .selectFrom('deviceLog')
    .select(['seq', 'hash'])
    .where('deviceId', '=', deviceId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { seq: Number(row?.seq ?? 0), hash: row ? row.hash.toString('hex') : '0'.repeat(64) }
}

/** Hashes of entries that are kept, by number. */
export async function hashesOf(db: Db, deviceId: Id<'device'>, from: number, to: number): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('deviceLog')
    .select(['seq', 'hash'])
    .where('deviceId', '=', deviceId)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .execute()
  return new Map(rows.map(({ seq, hash }) => [Number(seq), hash.toString('hex')]))
}

export async function appendEntries(
  db: Db,
  deviceId: Id<'device'>,
  entries: readonly NotableEntry[],
  now: Date,
): Promise<void> {
  const rows = entries.map(({ seq, at, kind, playId, body, hash }) => {
    return { seq, at: at.toISOString(), kind, play_id: playId, body, hash }
  })
  await sql`
    insert into device_log (device_id, seq, at, kind, play_id, body, hash, noted_at)
    select ${deviceId}, seq, at, kind, play_id, body, decode(hash, 'hex'), ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as entry (seq bigint, at timestamptz, kind text, play_id uuid, body jsonb, hash text)`.execute(db)
}

/** Keeps the bytes a device signed, from which what is new of them was taken. */
export async function keepPiece(
  db: Db,
  deviceId: Id<'device'>,
  piece: { readonly firstSeq: number; readonly lastSeq: number; readonly envelope: string },
  now: Date,
): Promise<void> {
  await db
    .insertInto('deviceLogPiece')
    .values({ deviceId, ...piece, notedAt: now })
    .execute()
}

/** The signed pieces of a device's log, in their order. */
export async function piecesOf(
  db: Db,
  deviceId: Id<'device'>,
): Promise<{ readonly firstSeq: number; readonly lastSeq: number; readonly envelope: string }[]> {
  const rows = await db
    .selectFrom('deviceLogPiece')
    .select(['firstSeq', 'lastSeq', 'envelope'])
    .where('deviceId', '=', deviceId)
    .orderBy('firstSeq')
    .execute()
  return rows.map((row) => ({ ...row, firstSeq: Number(row.firstSeq), lastSeq: Number(row.lastSeq) }))
}
