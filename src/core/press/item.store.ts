import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { PressItem, StandingItem } from './item.ts'

const COLUMNS = [
  'id',
  'outletId',
  'sequence',
  'deliveryId',
  'releaseId',
  'messageId',
  'language',
  'version',
  'editorial',
  'lane',
  'title',
  'lead',
  'body',
  'contact',
  'author',
  'located',
  'themes',
  'places',
  'firstAt',
  'at',
  'expiresAt',
] as const

export async function insertItems(db: Db, items: readonly PressItem[]): Promise<void> {
  if (items.length === 0) return
  const rows = items.map((item) => ({ ...item, themes: [...item.themes], places: [...item.places] }))
  await db.insertInto('pressItem').values(rows).execute()
}

export async function standsAlready(db: Db, outletId: Id<'outlet'>, id: Id<'delivery'>): Promise<boolean> {
  const row = await db
    .selectFrom('pressItem')
    .select('id')
    .where('outletId', '=', outletId)
    .where('deliveryId', '=', id)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The newest version of a message on a wire, in each language. */
export async function newestOfMessage(
  db: Db,
  outletId: Id<'outlet'>,
  messageId: Id<'message'>,
): Promise<Map<string, PressItem>> {
  const rows = await db
    .selectFrom('pressItem')
    .select(COLUMNS)
    .distinctOn('language')
    .where('outletId', '=', outletId)
    .where('messageId', '=', messageId)
    .orderBy('language')
    .orderBy('version', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.language, row as unknown as PressItem])) // as insertItems wrote them
}

const standing = (db: Db) =>
  db
    .selectFrom('pressItem')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('pressItem as newer')
          .select([
            'newer.version as newestVersion',
            'newer.sequence as newestSequence',
            'newer.editorial as newestEditorial',
          ])
          .whereRef('newer.outletId', '=', 'pressItem.outletId')
          .whereRef('newer.messageId', '=', 'pressItem.messageId')
          .whereRef('newer.language', '=', 'pressItem.language')
          .orderBy('newer.version', 'desc')
          .limit(1)
          .as('newest'),
      (join) => join.onTrue(),
    )
    .select(COLUMNS.map((column) => `pressItem.${column}` as const))
    .select(['newest.newestVersion', 'newest.newestSequence', 'newest.newestEditorial'])

export async function itemById(db: Db, id: Id<'press_item'>): Promise<StandingItem | null> {
  const row = await standing(db).where('pressItem.id', '=', id).executeTakeFirst()
  return row ? asStanding(row) : null
}

export async function itemsOfDelivery(db: Db, id: Id<'delivery'>): Promise<StandingItem[]> {
  const rows = await standing(db).where('pressItem.deliveryId', '=', id).orderBy('pressItem.sequence').execute()
  return rows.map(asStanding)
}

/** What a newsroom wants of its wire. */
export interface ItemFilter {
  readonly language?: string | null
  readonly theme?: string | null
  /** Meant for this place, or for all. */
  readonly place?: Id<'place'> | null
}

export interface ItemsFrom {
  readonly outletId: Id<'outlet'>
  readonly filter: ItemFilter
  readonly limit: number
}

/** Items after a number up to another, in their order. */
export async function itemsAfter(
  db: Db,
  { outletId, filter, limit }: ItemsFrom,
  after: number,
  upTo: number,
): Promise<StandingItem[]> {
  const rows = await filtered(standing(db), filter)
    .where('pressItem.outletId', '=', outletId)
    .where('pressItem.sequence', '>', after)
    .where('pressItem.sequence', '<=', upTo)
    .orderBy('pressItem.sequence')
    .limit(limit)
    .execute()
  return rows.map(asStanding)
}

/** Items before a number, or the last ones, the newest first. */
export async function itemsBefore(
  db: Db,
  { outletId, filter, limit }: ItemsFrom,
  before: number | null,
): Promise<StandingItem[]> {
  let query = filtered(standing(db), filter)
    .where('pressItem.outletId', '=', outletId)
    .orderBy('pressItem.sequence', 'desc')
    .limit(limit)
  if (before !== null) query = query.where('pressItem.sequence', '<', before)
  return (await query.execute()).map(asStanding)
}

/** Whether the newest version of something on this wire, which is not killed, shows this picture. */
export async function showsPicture(db: Db, outletId: Id<'outlet'>, mediaId: Id<'media'>): Promise<boolean> {
  const row = await standing(db)
    .where('pressItem.outletId', '=', outletId)
    .where('pressItem.body', 'like', `%](media:${mediaId})%`)
    .whereRef('pressItem.version', '=', 'newest.newestVersion')
    .where('newest.newestEditorial', '<>', 'kill')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function filtered(query: ReturnType<typeof standing>, { language, theme, place }: ItemFilter) {
  let narrowed = query
  if (language) narrowed = narrowed.where('pressItem.language', '=', language)
  if (theme) narrowed = narrowed.where(sql<boolean>`${theme} = any(press_item.themes)`)
  if (place)
    narrowed = narrowed.where(
      sql<boolean>`(cardinality(press_item.places) = 0 or ${place}::uuid = any(press_item.places))`,
    )
  return narrowed
}

function asStanding(row: Record<string, unknown>): StandingItem {
  return row as unknown as StandingItem // as insertItems wrote them
}
