import { sql } from 'kysely'
import { fold, type Db, type Id } from '../kernel/index.ts'
import { ALIKE_BITS, type Media, type MediaKind, type MediaSize } from './media.ts'

const COLUMNS = [
  'id',
  'organisationId',
  'sha256',
  'kind',
  'mime',
  'fileName',
  'bytes',
  'title',
  'alternative',
  'rightsOwner',
  'rightsTerms',
  'rightsUntil',
  'width',
  'height',
  'takenOn',
  'state',
  'addedAt',
  'withdrawnAt',
  'withdrawnReason',
] as const

export async function insertMedia(db: Db, media: Media & { readonly addedBy: Id<'person'> | null }): Promise<void> {
  await db.insertInto('media').values(media).execute()
}

export async function mediaById(db: Db, id: Id<'media'>): Promise<Media | null> {
  const row = await db.selectFrom('media').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asMedia(row) : null
}

export async function mediaBySha256(db: Db, sha256: string): Promise<Media | null> {
  const row = await db.selectFrom('media').select(COLUMNS).where('sha256', '=', sha256).executeTakeFirst()
  return row ? asMedia(row) : null
}

export async function updateMedia(db: Db, id: Id<'media'>, change: Partial<Omit<Media, 'id'>>): Promise<void> {
  await db.updateTable('media').set(change).where('id', '=', id).execute()
}

export interface MediaKey {
  readonly addedAt: Date
  readonly id: string
}

/** Newest first. */
export async function mediaWhere(
  db: Db,
  { words, kind }: { readonly words: string; readonly kind: MediaKind | null },
  before: MediaKey | null,
  limit: number,
): Promise<Media[]> {
  let query = db.selectFrom('media').select(COLUMNS).orderBy('addedAt', 'desc').orderBy('id', 'desc').limit(limit)
  if (words) query = query.where('searchKey', 'like', `%${fold(words).replace(/[\\%_]/g, '\\$&')}%`)
  if (kind) query = query.where('kind', '=', kind)
  if (before) query = query.where(sql<boolean>`(added_at, id) < (${before.addedAt}, ${before.id}::uuid)`)
  return (await query.execute()).map(asMedia)
}

/** Pictures that look like this one, the most alike first. */
export async function mediaLike(db: Db, id: Id<'media'>, limit = 6): Promise<Media[]> {
  const distance = sql<number>`bit_count(media.likeness # other.likeness)`
  const rows = await db
    .selectFrom('media')
    .innerJoin('media as other', (join) => join.on('other.id', '=', id))
    .select(COLUMNS.map((column) => `media.${column}` as const))
    .where('media.id', '<>', id)
    .where(sql<boolean>`${distance} <= ${ALIKE_BITS}`)
    .orderBy(distance)
    .limit(limit)
    .execute()
  return rows.map(asMedia)
}

export async function setMade(
  db: Db,
  id: Id<'media'>,
  made: { width: number; height: number; likeness: string; takenOn: string | null },
  sizes: readonly MediaSize[],
  location: { latitude: number; longitude: number } | null,
): Promise<void> {
  const { likeness, ...facts } = made
  await db
    .updateTable('media')
    .set({ ...facts, state: 'ready', likeness: sql<string>`${likeness}::bit(64)` })
    .where('id', '=', id)
    .execute()
  await db.deleteFrom('mediaSize').where('mediaId', '=', id).execute()
  await db
    .insertInto('mediaSize')
    .values(sizes.map((size) => ({ ...size, mediaId: id })))
    .execute()
  if (!location) return
  await db
    .insertInto('mediaLocation')
    .values({ ...location, mediaId: id })
    .onConflict((clash) => clash.column('mediaId').doUpdateSet(location))
    .execute()
}

export async function sizeOf(db: Db, id: Id<'media'>, name: string): Promise<MediaSize | null> {
  const row = await db
    .selectFrom('mediaSize')
    .select(['name', 'sha256', 'mime', 'width', 'height'])
    .where('mediaId', '=', id)
    .where('name', '=', name)
    .executeTakeFirst()
  return (row as MediaSize | undefined) ?? null // the check of table `media_size` keeps the name
}

/** Where it was taken: for those who may add media alone. */
export async function locationOf(db: Db, id: Id<'media'>): Promise<{ latitude: number; longitude: number } | null> {
  const row = await db
    .selectFrom('mediaLocation')
    .select(['latitude', 'longitude'])
    .where('mediaId', '=', id)
    .executeTakeFirst()
  return row ?? null
}

function asMedia(row: Record<(typeof COLUMNS)[number], unknown>): Media {
  return row as Media // the checks of table `media` keep kind and state what they say
}
