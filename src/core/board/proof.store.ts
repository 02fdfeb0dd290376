import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Proof, SignedProof } from './proof.ts'

export interface NotedProof extends SignedProof {
  readonly screenId: Id<'board_screen'>
  readonly hash: string
  readonly doubt: string
  readonly notedAt: Date
}

/** A proof out of the log of a device: what it signed is kept there. */
export interface DeviceProof extends Proof {
  readonly deviceId: Id<'device'>
  readonly turns: number
  readonly hash: string
  readonly doubt: string
  readonly notedAt: Date
}

export async function insertDeviceProofs(db: Db, proofs: readonly DeviceProof[]): Promise<void> {
  if (proofs.length > 0)
    await db
      .insertInto('showingProof')
      .values([...proofs])
      .execute()
}

export async function insertProofs(db: Db, proofs: readonly NotedProof[]): Promise<void> {
  if (proofs.length === 0) return
  const rows = proofs.map((one) => ({ ...one, signature: Buffer.from(one.signature) }))
  await db.insertInto('showingProof').values(rows).execute()
}

/** The hashes of entries that stand, by number: what comes again must be the very same. */
export async function hashesFrom(db: Db, screenId: Id<'board_screen'>, seq: number): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('showingProof')
    .select(['seq', 'hash'])
    .where('shownBy', '=', screenId)
    .where('seq', '>=', seq - 1)
    .orderBy('seq')
    .limit(1_000)
    .execute()
  return new Map(rows.map((row) => [row.seq, row.hash]))
}

export interface ProofLine {
  readonly at: Date
  readonly seconds: number
  readonly words: string | null
  readonly doubt: string
}

/** What was last shown on a board, by proof. */
export async function proofsOf(db: Db, outletId: Id<'outlet'>, limit: number): Promise<ProofLine[]> {
  const { rows } = await sql<ProofLine>`
    select proof.to_at as at, proof.seconds::float as seconds, showing.words, proof.doubt
    from showing_proof as proof left join showing on showing.id = proof.showing_id
    where proof.shown_by in (select id from board_screen where outlet_id = ${outletId}
      union all select id from device where board_id = ${outletId})
    order by proof.noted_at desc, proof.seq desc limit ${limit}`.execute(db)
  return rows
}

export interface ShownSum {
  readonly showingId: Id<'showing'>
  readonly turns: number
  readonly seconds: number
  readonly lastAt: Date
}

/** How often and how long each of these was shown, by proof that counts. */
export async function shownSums(db: Db, ids: readonly Id<'showing'>[]): Promise<Map<string, ShownSum>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<ShownSum>`
    select showing_id as "showingId", sum(turns)::int as turns, sum(seconds)::float as seconds, max(to_at) as "lastAt"
    from showing_proof where doubt = '' and showing_id = any(${[...ids]}::uuid[]) group by 1`.execute(db)
  return new Map(rows.map((row) => [row.showingId, row]))
}
