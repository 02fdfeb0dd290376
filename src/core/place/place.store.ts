import { sql } from 'kysely'
import { fold, vietnamese, type Day, type Db, type Id } from '../kernel/index.ts'
import type { Place } from './place.ts'

const COLUMNS = [
  'place.id',
  'place.code',
  'place.kind',
  'place.level',
  'place.name',
  'place.parentId',
  'place.aliveFrom',
  'place.aliveTo',
  'place.languages',
  'place.latitude',
  'place.longitude',
  'place.areaKm2',
  'place.note',
] as const

/** Places alive on `day` (of all times when null), in Vietnamese order. */
export async function placesAsOf(db: Db, day: Day | null): Promise<Place[]> {
  let query = db.selectFrom('place').select(COLUMNS).orderBy(vietnamese('name')).orderBy('code')
  if (day !== null) {
    query = query
      .where((eb) => eb.or([eb('aliveFrom', 'is', null), eb('aliveFrom', '<=', day)]))
      .where((eb) => eb.or([eb('aliveTo', 'is', null), eb('aliveTo', '>=', day)]))
  }
  return (await query.execute()).map(asPlace)
}

export async function placeByCode(db: Db, code: string): Promise<Place | null> {
  const row = await db.selectFrom('place').select(COLUMNS).where('code', '=', code).executeTakeFirst()
  return row ? asPlace(row) : null
}

export async function placeById(db: Db, id: Id<'place'>): Promise<Place | null> {
  const row = await db.selectFrom('place').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asPlace(row) : null
}

/** Ids by code. */
export async function placeCodes(db: Db): Promise<Map<string, Id<'place'>>> {
  const rows = await db.selectFrom('place').select(['code', 'id']).execute()
  return new Map(rows.map((row) => [row.code, row.id as Id<'place'>]))
}

export async function searchPlaces(db: Db, words: string, limit: number): Promise<Place[]> {
  const rows = await db
    .selectFrom('place')
    .select(COLUMNS)
    .where('searchKey', 'like', `%${fold(words).replace(/[\\%_]/g, '\\$&')}%`)
    .orderBy(vietnamese('name'))
    .limit(limit)
    .execute()
  return rows.map(asPlace)
}

/** What a place became when it ended. */
export async function successorsOf(db: Db, id: Id<'place'>): Promise<Place[]> {
  const rows = await db
    .selectFrom('placeSuccession')
    .innerJoin('place', 'place.id', 'placeSuccession.toId')
    .select(COLUMNS)
    .where('fromId', '=', id)
    .orderBy(vietnamese('name'))
    .execute()
  return rows.map(asPlace)
}

/** What a place was made from. */
export async function predecessorsOf(db: Db, id: Id<'place'>): Promise<Place[]> {
  const rows = await db
    .selectFrom('placeSuccession')
    .innerJoin('place', 'place.id', 'placeSuccession.fromId')
    .select(COLUMNS)
    .where('toId', '=', id)
    .orderBy(vietnamese('name'))
    .execute()
  return rows.map(asPlace)
}

/**
 * What places have become by a day: themselves while they live; of what has ended, all that it and what lay in it was made
 * into, so that an area can be named as it was on an earlier day.
 */
export async function placesBecome(db: Db, ids: readonly Id<'place'>[], day: Day): Promise<Id<'place'>[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: Id<'place'> }>`
    with recursive named as (
      select id from place where id = any(${[...ids]}::uuid[])
      union
      select next.id from named join place as gone on gone.id = named.id and gone.alive_to < ${day} cross join lateral (
        select to_id as id from place_succession where from_id = gone.id
        union all select id from place where parent_id = gone.id and alive_to < ${day}
      ) as next
    )
    select place.id from named join place on place.id = named.id
    where (alive_from is null or alive_from <= ${day}) and (alive_to is null or alive_to >= ${day}) order by place.id`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Adds places in one statement for each 500, which may point to one another: foreign keys are looked at after it. */
export async function insertPlaces(db: Db, places: readonly Place[]): Promise<void> {
  for (let at = 0; at < places.length; at += 500) {
    const rows = places.slice(at, at + 500).map((place) => ({ ...place, languages: [...place.languages] }))
    await db.insertInto('place').values(rows).execute()
  }
}

export async function updatePlace(db: Db, { id, code: _code, ...rest }: Place): Promise<void> {
  await db
    .updateTable('place')
    .set({ ...rest, languages: [...rest.languages] })
    .where('id', '=', id)
    .execute()
}

export interface PlaceSuccession {
  readonly fromId: Id<'place'>
  readonly toId: Id<'place'>
  readonly onDay: Day
  readonly note: string | null
}

export async function placeSuccessions(db: Db): Promise<PlaceSuccession[]> {
  const rows = await db.selectFrom('placeSuccession').select(['fromId', 'toId', 'onDay', 'note']).execute()
  return rows.map((row) => ({ ...row, fromId: row.fromId as Id<'place'>, toId: row.toId as Id<'place'> }))
}

/** Sets what these places became, in place of what stood. */
export async function replacePlaceSuccessions(
  db: Db,
  fromIds: readonly Id<'place'>[],
  rows: readonly PlaceSuccession[],
): Promise<void> {
  if (fromIds.length > 0) await db.deleteFrom('placeSuccession').where('fromId', 'in', fromIds).execute()
  for (let at = 0; at < rows.length; at += 500) {
    await db
      .insertInto('placeSuccession')
      .values(rows.slice(at, at + 500))
      .execute()
  }
}

function asPlace(row: object): Place {
  return row as Place // the checks of table `place` keep kind and level what they say
}
