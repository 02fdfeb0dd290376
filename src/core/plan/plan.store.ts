import { sql } from 'kysely'
import { fold, type Db, type Id } from '../kernel/index.ts'
import type { Plan } from './plan.ts'

const COLUMNS = [
  'id',
  'organisationId',
  'importedAt',
  'fileSha256',
  'fileName',
  'state',
  'refusal',
  'refusalFacts',
  'pagesRead',
  'pages',
  'format',
  'scanned',
  'encoding',
  'signatures',
  'text',
  'machineText',
  'reading',
  'type',
  'notation',
  'issuer',
  'issuedOn',
  'title',
  'amends',
  'confirmedAt',
] as const
const SUMMARY = COLUMNS.filter((column) => column !== 'text' && column !== 'machineText' && column !== 'reading')
export type PlanSummary = Omit<Plan, 'text' | 'machineText' | 'reading'>

export async function insertPlan(
  db: Db,
  plan: Pick<Plan, 'id' | 'organisationId' | 'importedAt' | 'fileSha256' | 'fileName' | 'amends'> & {
    importedBy: Id<'person'> | null
  },
): Promise<void> {
  await db
    .insertInto('plan')
    .values({ ...plan, state: 'reading' })
    .execute()
}

export async function planOfFile(
  db: Db,
  organisationId: Id<'organisation'>,
  fileSha256: string,
): Promise<{ id: Id<'plan'>; state: Plan['state'] } | null> {
  const row = await db
    .selectFrom('plan')
    .select(['id', 'state'])
    .where('organisationId', '=', organisationId)
    .where('fileSha256', '=', fileSha256)
    .executeTakeFirst()
  return row ? { id: row.id as Id<'plan'>, state: row.state as Plan['state'] } : null
}

export async function planById(db: Db, id: Id<'plan'>): Promise<Plan | null> {
  const row = await db.selectFrom('plan').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  // The checks of table `plan` keep state, jsonb and ids in the shapes of Plan.
  return (row as unknown as Plan | undefined) ?? null
}

/** The plan, locked until the transaction ends, so that two people do not decide over each other. */
export async function lockPlan(db: Db, id: Id<'plan'>): Promise<Plan | null> {
  const row = await db.selectFrom('plan').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return (row as unknown as Plan | undefined) ?? null // as in planById
}

/** Newest first, those before `before`. */
export async function plansBefore(
  db: Db,
  before: { readonly importedAt: Date; readonly id: string } | null,
  limit: number,
): Promise<PlanSummary[]> {
  let query = db.selectFrom('plan').select(SUMMARY).orderBy('importedAt', 'desc').orderBy('id', 'desc').limit(limit)
  if (before) query = query.where(sql<boolean>`(imported_at, id) < (${before.importedAt}, ${before.id}::uuid)`)
  return (await query.execute()) as unknown as PlanSummary[] // as in planById
}

export async function plansLike(db: Db, words: string, limit: number): Promise<PlanSummary[]> {
  const rows = await db
    .selectFrom('plan')
    .select(SUMMARY)
    .where('searchKey', 'like', `%${fold(words).replace(/[\\%_]/g, '\\$&')}%`)
    .orderBy('importedAt', 'desc')
    .limit(limit)
    .execute()
  return rows as unknown as PlanSummary[] // as in planById
}

export async function setProgress(db: Db, id: Id<'plan'>, pagesRead: number, pages: number): Promise<void> {
  await db.updateTable('plan').set({ pagesRead, pages }).where('id', '=', id).where('state', '=', 'reading').execute()
}

export async function setRefused(db: Db, id: Id<'plan'>, refusal: string, facts: Plan['refusalFacts']): Promise<void> {
  await db
    .updateTable('plan')
    .set({ state: 'refused', refusal, refusalFacts: JSON.stringify(facts) })
    .where('id', '=', id)
    .execute()
}

export async function setReading(
  db: Db,
  id: Id<'plan'>,
  given: Pick<Plan, 'text' | 'machineText' | 'reading' | 'type' | 'notation' | 'issuer' | 'issuedOn' | 'title'> &
    Partial<Pick<Plan, 'format' | 'scanned' | 'encoding' | 'signatures' | 'pages' | 'pagesRead'>>,
): Promise<void> {
  const { signatures, ...rest } = given
  await db
    .updateTable('plan')
    .set({
      ...rest,
      state: 'read',
      refusal: null,
      refusalFacts: '{}',
      reading: JSON.stringify(given.reading),
      ...(signatures && { signatures: JSON.stringify(signatures) }),
    })
    .where('id', '=', id)
    .execute()
}

export async function setHead(
  db: Db,
  id: Id<'plan'>,
  head: Pick<Plan, 'type' | 'notation' | 'issuer' | 'issuedOn' | 'title'>,
): Promise<void> {
  await db.updateTable('plan').set(head).where('id', '=', id).execute()
}

export async function setConfirmed(db: Db, id: Id<'plan'>, by: Id<'person'> | null, at: Date): Promise<void> {
  await db
    .updateTable('plan')
    .set({ state: 'confirmed', confirmedBy: by, confirmedAt: at })
    .where('id', '=', id)
    .execute()
}

export async function setSuperseded(db: Db, id: Id<'plan'>): Promise<void> {
  await db.updateTable('plan').set({ state: 'superseded' }).where('id', '=', id).execute()
}
