import { sql } from 'kysely'
import { fold, type Day, type Db, type Id } from '../kernel/index.ts'
import { ALIKE_BITS, type Face, type Media, type MediaKind, type MediaSize } from './media.ts'

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
  'revision',
  'faces',
  'facesAnswer',
  'madeFrom',
  'shelf',
] as const

export async function insertMedia(db: Db, media: Media & { readonly addedBy: Id<'person'> | null }): Promise<void> {
  await db.insertInto('media').values(media).execute()
}

export async function mediaById(db: Db, id: Id<'media'>): Promise<Media | null> {
  const row = await db.selectFrom('media').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asMedia(row) : null
}

/** The media, locked until the transaction ends. */
export async function lockMedia(db: Db, id: Id<'media'>): Promise<Media | null> {
  const row = await db.selectFrom('media').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asMedia(row) : null
}

export async function mediaBySha256(db: Db, sha256: string): Promise<Media | null> {
  const row = await db.selectFrom('media').select(COLUMNS).where('sha256', '=', sha256).executeTakeFirst()
  return row ? asMedia(row) : null
}

export type MediaChange = Partial<Omit<Media, 'id'>> & {
  readonly facesAnsweredBy?: Id<'person'> | null
  readonly facesAnsweredAt?: Date
}

export async function updateMedia(db: Db, id: Id<'media'>, change: MediaChange): Promise<void> {
  await db.updateTable('media').set(change).where('id', '=', id).execute()
}

export interface MediaKey {
  readonly addedAt: Date
  readonly id: string
}

export interface MediaFilter {
  readonly words: string
  readonly kind: MediaKind | null
  /** Also those that were withdrawn. */
  readonly withdrawn: boolean
}

/** Of the library, newest first. */
export async function mediaWhere(
  db: Db,
  { words, kind, withdrawn }: MediaFilter,
  before: MediaKey | null,
  limit: number,
): Promise<Media[]> {
  let query = db.selectFrom('media').select(COLUMNS).orderBy('addedAt', 'desc').orderBy('id', 'desc').limit(limit)
  query = query.where('shelf', '=', 'library')
  if (words) query = query.where('searchKey', 'like', `%${fold(words).replace(/[\\%_]/g, '\\$&')}%`)
  if (kind) query = query.where('kind', '=', kind)
  if (!withdrawn) query = query.where('withdrawnAt', 'is', null)
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

export interface MadeMedia {
  readonly width: number
  readonly height: number
  readonly likeness: string | null
  readonly takenOn: Day | null
  readonly sizes: readonly MediaSize[]
  readonly faces: readonly Face[] | null
  readonly location: { readonly latitude: number; readonly longitude: number } | null
}

export async function setMade(db: Db, id: Id<'media'>, made: MadeMedia): Promise<void> {
  const { width, height, likeness, takenOn, sizes, faces, location } = made
  const bits = likeness === null ? null : sql<string>`${likeness}::bit(64)`
  await db
    .updateTable('media')
    .set({ width, height, takenOn, state: 'ready', likeness: bits, faces: faces?.length ?? null })
    .where('id', '=', id)
    .execute()
  for (const table of ['mediaSize', 'mediaFace', 'mediaLocation'] as const) {
    await db.deleteFrom(table).where('mediaId', '=', id).execute()
  }
  await db
    .insertInto('mediaSize')
    .values(sizes.map((size) => ({ ...size, mediaId: id })))
    .execute()
  if (faces && faces.length > 0) {
    const rows = faces.map(({ x, y, width, height }, at) => ({ x, y, width, height, mediaId: id, number: at + 1 }))
    await db.insertInto('mediaFace').values(rows).execute()
  }
  if (location)
    await db
      .insertInto('mediaLocation')
      .values({ ...location, mediaId: id })
      .execute()
}

export async function facesOf(db: Db, id: Id<'media'>): Promise<Face[]> {
  return db
    .selectFrom('mediaFace')
    .select(['x', 'y', 'width', 'height'])
    .where('mediaId', '=', id)
    .orderBy('number')
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

/** The newest picture in which the faces of this one were blurred; null where there is none. */
export async function blurredFrom(db: Db, id: Id<'media'>): Promise<Id<'media'> | null> {
  const row = await db
    .selectFrom('media')
    .select('id')
    .where('madeFrom', '=', id)
    .where('withdrawnAt', 'is', null)
    .orderBy('addedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (row?.id as Id<'media'> | undefined) ?? null
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
