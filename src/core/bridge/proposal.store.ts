import type { Db, Id } from '../kernel/index.ts'
import type { SourceReport } from './bridge-package.ts'
import type { Proposal } from './proposal.ts'

const COLUMNS = [
  'id',
  'source',
  'bulletinId',
  'exchangeId',
  'contentHash',
  'bulletin',
  'state',
  'messageId',
  'cameAt',
  'decidedAt',
  'decidedBy',
  'reason',
] as const

export async function proposalById(db: Db, id: Id<'bridge_proposal'>): Promise<Proposal | null> {
  const row = await db.selectFrom('bridgeProposal').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asProposal(row) : null
}

export async function lockProposal(db: Db, id: Id<'bridge_proposal'>): Promise<Proposal | null> {
  const row = await db.selectFrom('bridgeProposal').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asProposal(row) : null
}

/** Proposals of bulletins with these ids, by `source` and id. */
export async function proposalsNamed(db: Db, bulletinIds: readonly string[]): Promise<Map<string, Proposal>> {
  if (bulletinIds.length === 0) return new Map()
  const ids = [...new Set(bulletinIds)]
  const rows = await db.selectFrom('bridgeProposal').select(COLUMNS).where('bulletinId', 'in', ids).execute()
  return new Map(rows.map(asProposal).map((one) => [keyOf(one.source, one.bulletinId), one]))
}

export function keyOf(source: string, id: string): string {
  return JSON.stringify([source, id])
}

/** Those before one, the last first; `open`: nobody has decided on them. */
export async function proposalsBefore(
  db: Db,
  { open, before }: { readonly open: boolean; readonly before: Id<'bridge_proposal'> | null },
  limit: number,
): Promise<Proposal[]> {
  let query = db.selectFrom('bridgeProposal').select(COLUMNS).orderBy('id', 'desc').limit(limit)
  if (open) query = query.where('state', '=', 'proposed')
  if (before) query = query.where('id', '<', before)
  return (await query.execute()).map(asProposal)
}

export async function upsertProposal(db: Db, proposal: Proposal): Promise<void> {
  const bulletin = JSON.stringify(proposal.bulletin)
  const { contentHash, exchangeId, cameAt } = proposal
  await db
    .insertInto('bridgeProposal')
    .values({ ...proposal, bulletin })
    .onConflict((clash) =>
      clash.columns(['source', 'bulletinId']).doUpdateSet({ bulletin, contentHash, exchangeId, cameAt }),
    )
    .execute()
}

export type Decision = Pick<Proposal, 'state' | 'messageId' | 'decidedAt' | 'decidedBy' | 'reason'>

export async function decide(db: Db, id: Id<'bridge_proposal'>, decision: Decision): Promise<void> {
  await db.updateTable('bridgeProposal').set(decision).where('id', '=', id).execute()
}

/** Keeps reports; one whose id is there already is left as it stands. Answers how many are new. */
export async function insertReports(
  db: Db,
  source: string,
  exchangeId: Id<'bridge_exchange'>,
  reports: readonly SourceReport[],
  now: Date,
): Promise<number> {
  let kept = 0
  for (let at = 0; at < reports.length; at += 500) {
    const rows = reports.slice(at, at + 500).map(({ id, ...report }) => ({
      ...report,
      reportId: id,
      source,
      exchangeId,
      notedAt: now,
    }))
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('bridgeReport')
      .values(rows)
      .onConflict((clash) => clash.doNothing())
      .executeTakeFirst()
    kept += Number(numInsertedOrUpdatedRows ?? 0)
  }
  return kept
}

function asProposal(row: Record<(typeof COLUMNS)[number], unknown>): Proposal {
  return row as unknown as Proposal // states by the check of the table, the bulletin as it was written
}
