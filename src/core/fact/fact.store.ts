import { fold, vietnamese, type Db, type Id } from '../kernel/index.ts'
import type { Fact, FactKind } from './fact.ts'

const COLUMNS = [
  'id',
  'kind',
  'code',
  'name',
  'value',
  'issuedOn',
  'validFrom',
  'validTo',
  'replacedBy',
  'verifiedOn',
  'verifiedBy',
  'verifyEveryDays',
  'source',
  'ownerId',
] as const

/** Facts of the kinds asked for, by kind and name. */
export async function factsOf(db: Db, kinds: readonly FactKind[]): Promise<Fact[]> {
  const rows = await db
    .selectFrom('fact')
    .select(COLUMNS)
    .where('kind', 'in', kinds)
    .orderBy('kind')
    .orderBy(vietnamese('name'))
    .execute()
  return rows.map(asFact)
}

export async function factByCode(db: Db, code: string): Promise<Fact | null> {
  const row = await db.selectFrom('fact').select(COLUMNS).where('code', '=', code).executeTakeFirst()
  return row ? asFact(row) : null
}

export async function factsLike(db: Db, words: string, limit: number): Promise<Fact[]> {
  const rows = await db
    .selectFrom('fact')
    .select(COLUMNS)
    .where('searchKey', 'like', `%${fold(words).replace(/[\\%_]/g, '\\$&')}%`)
    .orderBy(vietnamese('name'))
    .limit(limit)
    .execute()
  return rows.map(asFact)
}

export async function upsertFact(db: Db, fact: Fact): Promise<void> {
  const { id, code, ...rest } = fact
  await db
    .insertInto('fact')
    .values({ id, code, ...rest })
    .onConflict((clash) => clash.column('code').doUpdateSet(rest))
    .execute()
}

export async function setVerified(db: Db, id: Id<'fact'>, on: string, by: string): Promise<void> {
  await db.updateTable('fact').set({ verifiedOn: on, verifiedBy: by }).where('id', '=', id).execute()
}

function asFact(row: Record<(typeof COLUMNS)[number], unknown>): Fact {
  return row as unknown as Fact // the checks of table `fact` keep kind and days in the shapes of Fact
}
