import { sql } from 'kysely'
import { fold, vietnamese, type Day, type Db, type Id } from '../kernel/index.ts'
import type { Organisation, Succession } from './organisation.ts'

const COLUMNS = [
  'organisation.id',
  'organisation.code',
  'organisation.name',
  'organisation.aliases',
  'organisation.kind',
  'organisation.level',
  'organisation.placeId',
  'organisation.parentId',
  'organisation.aliveFrom',
  'organisation.aliveTo',
  'organisation.note',
] as const

/** Bodies alive on `day` (all of all times when null), in Vietnamese order, after `afterName` when paging. */
export async function organisationsAsOf(
  db: Db,
  day: Day | null,
  page: { readonly after?: string; readonly limit?: number } = {},
): Promise<Organisation[]> {
  let query = db
    .selectFrom('organisation')
    .select(COLUMNS)
    .orderBy(vietnamese('organisation.name'))
    .orderBy('organisation.code')
  if (day !== null) {
    query = query
      .where((eb) => eb.or([eb('aliveFrom', 'is', null), eb('aliveFrom', '<=', day)]))
      .where((eb) => eb.or([eb('aliveTo', 'is', null), eb('aliveTo', '>=', day)]))
  }
  if (page.after) query = query.where(sql<boolean>`name || ' ' || code > ${page.after}`)
  if (page.limit) query = query.limit(page.limit)
  return (await query.execute()).map(asOrganisation)
}

export async function organisationByCode(db: Db, code: string): Promise<Organisation | null> {
  const row = await db.selectFrom('organisation').select(COLUMNS).where('code', '=', code).executeTakeFirst()
  return row ? asOrganisation(row) : null
}

export async function organisationsWhere(db: Db, ids: readonly Id<'organisation'>[]): Promise<Organisation[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('organisation')
    .select(COLUMNS)
    .where('id', 'in', ids)
    .orderBy(vietnamese('name'))
    .execute()
  return rows.map(asOrganisation)
}

export async function organisationIdsByCode(
  db: Db,
  codes: readonly string[],
): Promise<Map<string, Id<'organisation'>>> {
  if (codes.length === 0) return new Map()
  const rows = await db.selectFrom('organisation').select(['code', 'id']).where('code', 'in', codes).execute()
  return new Map(rows.map((row) => [row.code, row.id as Id<'organisation'>]))
}

/** Names by code. */
export async function organisationNames(db: Db, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map()
  const rows = await db.selectFrom('organisation').select(['code', 'name']).where('code', 'in', codes).execute()
  return new Map(rows.map((row) => [row.code, row.name]))
}

/** Codes of the bodies that bear exactly one of these names or codes, by what was asked. */
export async function organisationsNamed(db: Db, names: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const name of names) {
    const rows = await db
      .selectFrom('organisation')
      .select('code')
      .where((eb) => eb.or([eb('searchKey', '=', fold(name)), eb('code', '=', name)]))
      .execute()
    if (rows.length > 0)
      found.set(
        name,
        rows.map((row) => row.code),
      )
  }
  return found
}

export async function searchOrganisations(db: Db, words: string, limit: number): Promise<Organisation[]> {
  const rows = await db
    .selectFrom('organisation')
    .select(COLUMNS)
    .where('searchKey', 'like', `%${fold(words).replace(/[\\%_]/g, '\\$&')}%`)
    .orderBy(sql`alive_to is not null`)
    .orderBy(vietnamese('name'))
    .limit(limit)
    .execute()
  return rows.map(asOrganisation)
}

export async function childrenOf(db: Db, id: Id<'organisation'>): Promise<Organisation[]> {
  const rows = await db
    .selectFrom('organisation')
    .select(COLUMNS)
    .where('parentId', '=', id)
    .orderBy(vietnamese('name'))
    .execute()
  return rows.map(asOrganisation)
}

/** The body and all above it, from one step of recursion a level. */
export async function idsAbove(db: Db, id: Id<'organisation'>): Promise<Set<Id<'organisation'>>> {
  const { rows } = await sql<{ id: string }>`
    with recursive above as (
      select id, parent_id from organisation where id = ${id}
      union select organisation.id, organisation.parent_id from organisation join above on organisation.id = above.parent_id
    ) select id from above`.execute(db)
  return new Set(rows.map((row) => row.id as Id<'organisation'>))
}

/** The bodies and all below them. */
export async function idsBelow(db: Db, ids: readonly Id<'organisation'>[]): Promise<Set<Id<'organisation'>>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    with recursive below as (
      select id from organisation where id in (${sql.join(ids)})
      union select organisation.id from organisation join below on organisation.parent_id = below.id
    ) select id from below`.execute(db)
  return new Set(rows.map((row) => row.id as Id<'organisation'>))
}

export async function insertOrganisations(db: Db, organisations: readonly Organisation[]): Promise<void> {
  for (let at = 0; at < organisations.length; at += 500) {
    const rows = organisations.slice(at, at + 500).map((body) => ({ ...body, aliases: [...body.aliases] }))
    await db.insertInto('organisation').values(rows).execute()
  }
}

export async function updateOrganisation(db: Db, body: Organisation): Promise<void> {
  const { id, code: _code, ...rest } = body
  await db
    .updateTable('organisation')
    .set({ ...rest, aliases: [...rest.aliases] })
    .where('id', '=', id)
    .execute()
}

/** Sets who carries on the duties of these bodies, in place of what stood. */
export async function replaceSuccessions(
  db: Db,
  fromCodes: readonly string[],
  successions: readonly Succession[],
): Promise<void> {
  const codes = successions.map(({ toCode }) => toCode)
  const ids = await organisationIdsByCode(db, [...new Set([...fromCodes, ...codes])])
  const fromIds = fromCodes.flatMap((code) => ids.get(code) ?? [])
  if (fromIds.length > 0) await db.deleteFrom('organisationSuccession').where('fromId', 'in', fromIds).execute()
  const rows = successions.flatMap(({ fromCode, toCode, onDay, duty }) => {
    const [fromId, toId] = [ids.get(fromCode), ids.get(toCode)]
    return fromId && toId ? [{ fromId, toId, onDay, duty }] : []
  })
  for (let at = 0; at < rows.length; at += 500) {
    await db
      .insertInto('organisationSuccession')
      .values(rows.slice(at, at + 500))
      .execute()
  }
}

/** The bodies alive on `day` that carry `duty` ('' for all) of one, followed from successor to successor. */
export async function carrierIds(
  db: Db,
  id: Id<'organisation'>,
  day: Day,
  duty: string,
): Promise<Id<'organisation'>[]> {
  const { rows } = await sql<{ id: Id<'organisation'> }>`
    with recursive carrier as (
      select id, ${aliveOnDay(day)} as alive from organisation where id = ${id}
      union
      select next.id, next.alive
        from carrier
        join organisation_succession succession on succession.from_id = carrier.id
        join lateral (select id, ${aliveOnDay(day)} as alive from organisation where id = succession.to_id) next on true
        where not carrier.alive and succession.on_day <= ${day}
          and (${duty} = '' or succession.duty in ('', ${duty}))
    ) select id from carrier where alive`.execute(db)
  return rows.map((row) => row.id)
}

function aliveOnDay(day: Day) {
  return sql`(coalesce(alive_from <= ${day}, true) and coalesce(alive_to >= ${day}, true))`
}

export async function successions(db: Db): Promise<Succession[]> {
  return db
    .selectFrom('organisationSuccession')
    .innerJoin('organisation as one', 'one.id', 'organisationSuccession.fromId')
    .innerJoin('organisation as other', 'other.id', 'organisationSuccession.toId')
    .select(['one.code as fromCode', 'other.code as toCode', 'onDay', 'duty'])
    .execute()
}

function asOrganisation(row: object): Organisation {
  return row as Organisation // the checks of table `organisation` keep kind, level and ids what they say
}
