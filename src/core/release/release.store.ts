import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import type { Db, Id } from '../kernel/index.ts'
import { DELIVERY_STATES, LEFT_STATES, type Counts, type DeliveryState, type Release } from './release.ts'

const COLUMNS = [
  'id',
  'messageId',
  'contentHash',
  'organisationId',
  'campaignId',
  'kind',
  'ofReleaseId',
  'lane',
  'laneReason',
  'channels',
  'places',
  'kinds',
  'languages',
  'startsAt',
  'endsAt',
  'words',
  'waveCount',
  'waveMinutes',
  'wordsAtEnd',
  'endedAt',
  'state',
  'proposedBy',
  'proposedAt',
  'releasedBy',
  'releasedAt',
  'undoUntil',
  'pausedAt',
  'cancelledAt',
  'cancelledReason',
] as const

export async function insertRelease(db: Db, release: Release): Promise<void> {
  const { channels, places, kinds, languages, ...rest } = release
  const lists = { channels: [...channels], places: [...places], kinds: [...kinds], languages: [...languages] }
  await db
    .insertInto('release')
    .values({ ...rest, ...lists })
    .execute()
}

export async function releaseById(db: Db, id: Id<'release'>): Promise<Release | null> {
  const row = await db.selectFrom('release').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asRelease(row) : null
}

/** The release, locked until the transaction ends. */
export async function lockRelease(db: Db, id: Id<'release'>): Promise<Release | null> {
  const row = await db.selectFrom('release').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asRelease(row) : null
}

export async function updateRelease(
  db: Db,
  id: Id<'release'>,
  change: Partial<Omit<Release, 'id' | 'channels' | 'places' | 'kinds' | 'languages'>>,
): Promise<void> {
  await db.updateTable('release').set(change).where('id', '=', id).execute()
}

export interface ReleaseKey {
  readonly proposedAt: Date
  readonly id: string
}

/** Newest first; of one message, or of all. */
export async function releasesWhere(
  db: Db,
  messageId: Id<'message'> | null,
  before: ReleaseKey | null,
  limit: number,
): Promise<Release[]> {
  let query = db.selectFrom('release').select(COLUMNS).orderBy('proposedAt', 'desc').orderBy('id', 'desc').limit(limit)
  if (messageId) query = query.where('messageId', '=', messageId)
  if (before) query = query.where(sql<boolean>`(proposed_at, id) < (${before.proposedAt}, ${before.id}::uuid)`)
  return (await query.execute()).map(asRelease)
}

/** Releases of a campaign by a channel that are proposed or run, are no emergency and not over; the first to begin first. */
export async function runningReleases(
  db: Db,
  campaignId: Id<'campaign'>,
  channel: ChannelKey,
  now: Date,
  limit: number,
): Promise<Release[]> {
  const rows = await db
    .selectFrom('release')
    .select(COLUMNS)
    .where('campaignId', '=', campaignId)
    .where('state', '<>', 'dropped')
    .where('cancelledAt', 'is', null)
    .where('kind', '<>', 'recall')
    .where('lane', '<>', 'emergency')
    .where(sql<boolean>`${channel} = any(channels)`)
    .where((eb) => eb.or([eb('endsAt', 'is', null), eb('endsAt', '>', now)]))
    .orderBy('startsAt')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(asRelease)
}

/** What these bodies have proposed and nobody has pressed or dropped, the soonest to begin first. */
export async function proposedReleases(
  db: Db,
  organisations: readonly Id<'organisation'>[],
  limit: number,
): Promise<Release[]> {
  const rows = await db
    .selectFrom('release')
    .select(COLUMNS)
    .where('state', '=', 'proposed')
    .where(sql<boolean>`organisation_id = any(${[...organisations]}::uuid[])`)
    .orderBy('startsAt')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(asRelease)
}

/** What took the place of a release or took it back, and was not dropped, the newest first. */
export async function followersOf(db: Db, id: Id<'release'>): Promise<Release[]> {
  const rows = await db
    .selectFrom('release')
    .select(COLUMNS)
    .where('ofReleaseId', '=', id)
    .where('state', '<>', 'dropped')
    .orderBy('proposedAt', 'desc')
    .execute()
  return rows.map(asRelease)
}

/** Releases of a message that went out, and that nothing pressed took the place of or took back. */
export async function standingReleases(db: Db, messageId: Id<'message'>): Promise<Release[]> {
  const rows = await db
    .selectFrom('release')
    .select(COLUMNS)
    .where('messageId', '=', messageId)
    .where('kind', '<>', 'recall')
    .where('state', '=', 'released')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('release as follower')
            .select('follower.id')
            .whereRef('follower.ofReleaseId', '=', 'release.id')
            .where('follower.state', '=', 'released'),
        ),
      ),
    )
    .orderBy('id')
    .execute()
  return rows.map(asRelease)
}

/** Releases whose time is over and what they put up is still to come down. */
export async function endedReleases(db: Db, now: Date, limit: number): Promise<Id<'release'>[]> {
  const rows = await db
    .selectFrom('release')
    .select('id')
    .where('wordsAtEnd', 'is not', null)
    .where('endedAt', 'is', null)
    .where('state', '=', 'released')
    .where('endsAt', '<=', now)
    .orderBy('endsAt')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id as Id<'release'>) // as insertRelease wrote it
}

/** At how many outlets a message is, or may be, by releases that were not recalled. */
export async function outletsHolding(db: Db, messageId: Id<'message'>): Promise<number> {
  const ids = (await standingReleases(db, messageId)).map(({ id }) => id)
  if (ids.length === 0) return 0
  const { n } = await db
    .selectFrom('releaseCount')
    .select((eb) => eb.fn.sum<number | null>('n').as('n'))
    .where('releaseId', 'in', ids)
    .where('state', 'in', [...LEFT_STATES])
    .executeTakeFirstOrThrow()
  return Number(n ?? 0)
}

/** How many rows stand in each state, as the ledger itself has counted them. */
export async function countsOf(db: Db, id: Id<'release'>): Promise<Counts> {
  const rows = await db
    .selectFrom('releaseCount')
    .select(['state', (eb) => eb.fn.sum<string>('n').as('n')])
    .where('releaseId', '=', id)
    .groupBy('state')
    .execute()
  return countsFrom(rows)
}

/** The same by channel. */
export async function countsByChannel(
  db: Db,
  id: Id<'release'>,
): Promise<{ readonly channel: string; readonly state: DeliveryState; readonly n: number }[]> {
  const rows = await db
    .selectFrom('releaseCount')
    .select(['channel', 'state', (eb) => eb.fn.sum<string>('n').as('n')])
    .where('releaseId', '=', id)
    .groupBy(['channel', 'state'])
    .having((eb) => eb.fn.sum('n'), '>', 0)
    .orderBy('channel')
    .execute()
  return rows.map(({ channel, state, n }) => ({ channel, state: state as DeliveryState, n: Number(n) })) // by the check of `delivery`
}

/** The same of several releases at once. */
export async function countsOfAll(db: Db, ids: readonly Id<'release'>[]): Promise<ReadonlyMap<Id<'release'>, Counts>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('releaseCount')
    .select(['releaseId', 'state', (eb) => eb.fn.sum<string>('n').as('n')])
    .where('releaseId', 'in', [...ids])
    .groupBy(['releaseId', 'state'])
    .execute()
  return new Map(ids.map((id) => [id, countsFrom(rows.filter(({ releaseId }) => releaseId === id))]))
}

function countsFrom(rows: readonly { readonly state: string; readonly n: string }[]): Counts {
  const counted = new Map(rows.map(({ state, n }) => [state, Number(n)]))
  return Object.fromEntries(DELIVERY_STATES.map((state) => [state, counted.get(state) ?? 0])) as Counts // every state
}

function asRelease(row: Record<string, unknown>): Release {
  return row as unknown as Release // the checks of table `release` keep kinds, lanes and states
}
