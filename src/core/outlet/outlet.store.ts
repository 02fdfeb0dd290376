import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import { fold, type Day, type Db, type Id } from '../kernel/index.ts'
import type { OutletRow } from './outlet-table.ts'
import type { Outlet, OutletKind } from './outlet.ts'

const COLUMNS = [
  'outlet.id',
  'outlet.code',
  'outlet.name',
  'outlet.kind',
  'outlet.channel',
  'outlet.means',
  'outlet.placeId',
  'outlet.organisationId',
  'outlet.languages',
  'outlet.address',
  'outlet.quietFrom',
  'outlet.quietTo',
  'outlet.aliveFrom',
  'outlet.aliveTo',
  'outlet.note',
  'outlet.pausedAt',
  'outlet.pausedReason',
] as const

export interface OutletFilter {
  readonly words?: string
  readonly channel?: ChannelKey | null
  readonly kind?: OutletKind
  /** In these places and in those below them, as the tree is on `day`. */
  readonly within?: readonly Id<'place'>[]
  /** Alive on this day. */
  readonly day: Day
}

/** Those of a filter, by code, after a code. */
export async function outletsWhere(
  db: Db,
  filter: OutletFilter,
  after: string | null,
  limit: number,
): Promise<Outlet[]> {
  let query = db.selectFrom('outlet').select(COLUMNS).orderBy('outlet.code').limit(limit)
  if (filter.words)
    query = query.where('outlet.searchKey', 'like', `%${fold(filter.words).replace(/[\\%_]/g, '\\$&')}%`)
  if (filter.channel) query = query.where('outlet.channel', '=', filter.channel)
  if (filter.kind) query = query.where('outlet.kind', '=', filter.kind)
  if (filter.within && filter.within.length > 0) query = query.where(inPlaces(filter.within))
  if (after) query = query.where('outlet.code', '>', after)
  return (await query.where(aliveOnDay(filter.day)).execute()).map(asOutlet)
}

export async function outletById(db: Db, id: Id<'outlet'>): Promise<Outlet | null> {
  const row = await db.selectFrom('outlet').select(COLUMNS).where('outlet.id', '=', id).executeTakeFirst()
  return row ? asOutlet(row) : null
}

export async function outletByCode(db: Db, code: string): Promise<Outlet | null> {
  const row = await db.selectFrom('outlet').select(COLUMNS).where('outlet.code', '=', code).executeTakeFirst()
  return row ? asOutlet(row) : null
}

/** Those of these ids, by id. */
export async function outletsByIds(db: Db, ids: readonly Id<'outlet'>[]): Promise<Map<Id<'outlet'>, Outlet>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('outlet')
    .select(COLUMNS)
    .where(sql<boolean>`outlet.id = any(${[...new Set(ids)]}::uuid[])`)
    .execute()
  return new Map(rows.map(asOutlet).map((outlet) => [outlet.id, outlet]))
}

/** Every outlet there ever was, as a row of the table. */
export async function outletRows(db: Db): Promise<OutletRow[]> {
  const rows = await db
    .selectFrom('outlet')
    .innerJoin('place', 'place.id', 'outlet.placeId')
    .innerJoin('organisation', 'organisation.id', 'outlet.organisationId')
    .select([...COLUMNS, 'place.code as place', 'organisation.code as organisation'])
    .orderBy('outlet.code')
    .execute()
  return rows.map((row) => ({
    code: row.code,
    name: row.name,
    kind: row.kind,
    channel: row.channel,
    means: row.means,
    place: row.place,
    organisation: row.organisation,
    languages: row.languages.join(';'),
    address: row.address,
    quiet_from: row.quietFrom?.slice(0, 5) ?? '',
    quiet_to: row.quietTo?.slice(0, 5) ?? '',
    alive_from: row.aliveFrom ?? '',
    alive_to: row.aliveTo ?? '',
    note: row.note ?? '',
  }))
}

/** Adds outlets, or amends those of the same code; whether they are paused is left. */
export async function upsertOutlets(
  db: Db,
  outlets: readonly Omit<Outlet, 'pausedAt' | 'pausedReason'>[],
): Promise<void> {
  for (let at = 0; at < outlets.length; at += 500) {
    const rows = outlets.slice(at, at + 500).map((outlet) => ({ ...outlet, languages: [...outlet.languages] }))
    await db
      .insertInto('outlet')
      .values(rows)
      .onConflict((clash) =>
        clash.column('code').doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          kind: eb.ref('excluded.kind'),
          channel: eb.ref('excluded.channel'),
          means: eb.ref('excluded.means'),
          placeId: eb.ref('excluded.placeId'),
          organisationId: eb.ref('excluded.organisationId'),
          languages: eb.ref('excluded.languages'),
          address: eb.ref('excluded.address'),
          quietFrom: eb.ref('excluded.quietFrom'),
          quietTo: eb.ref('excluded.quietTo'),
          aliveFrom: eb.ref('excluded.aliveFrom'),
          aliveTo: eb.ref('excluded.aliveTo'),
          note: eb.ref('excluded.note'),
        })),
      )
      .execute()
  }
}

export async function setPaused(db: Db, id: Id<'outlet'>, at: Date | null, reason: string | null): Promise<void> {
  await db.updateTable('outlet').set({ pausedAt: at, pausedReason: reason }).where('id', '=', id).execute()
}

/** Ends an outlet that lives on after `day`. */
export async function endOutlet(db: Db, id: Id<'outlet'>, day: Day): Promise<void> {
  await db
    .updateTable('outlet')
    .set({ aliveTo: day })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('aliveTo', 'is', null), eb('aliveTo', '>', day)]))
    .execute()
}

const aliveOnDay = (day: Day) =>
  sql<boolean>`(outlet.alive_from is null or outlet.alive_from <= ${day}) and (outlet.alive_to is null or outlet.alive_to >= ${day})`

const inPlaces = (places: readonly Id<'place'>[]) => sql<boolean>`outlet.place_id in (
  with recursive below as (
    select id from place where id in (${sql.join(places)})
    union select place.id from place join below on place.parent_id = below.id
  ) select id from below)`

function asOutlet(row: Record<string, unknown>): Outlet {
  const hour = (clock: unknown) => (typeof clock === 'string' ? clock.slice(0, 5) : null)
  return { ...row, quietFrom: hour(row['quietFrom']), quietTo: hour(row['quietTo']) } as unknown as Outlet // kinds and channels as the import checked them
}
