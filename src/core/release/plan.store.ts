import { sql } from 'kysely'
import { dayAt, type Db, type Id } from '../kernel/index.ts'
import { givenTo, outsideQuietHours, reached, rowId, spokenOn, ways, type Reach, type Way } from './reach.store.ts'
import { LANES, type Release } from './release.ts'

/** Where the rows of a release go to, for whom; the lists among the outlets are written out one subscriber after the other. */
const columns = sql.raw(
  'release_id, id, channel, outlet_id, organisation_id, place_id, recipient_id, means, renditions, lane, wave, corrects, state, due_at, expires_at',
)

/** Which outlets a release is for, when its first rows are due at `from`. */
export function reachOf(release: Pick<Release, keyof Reach & keyof Release>, from: Date): Reach {
  const { channels, places, kinds, languages } = release
  return { channels, places, kinds, languages, day: dayAt(from) }
}

/** When a row is due: its wave, and outside of the quiet hours of its outlet unless it is urgent. */
const dueOf = (release: Release, from: Date) =>
  outsideQuietHours(release, sql`${from}::timestamptz + (wave - 1) * make_interval(mins => ${release.waveMinutes})`)

/** In which wave the outlets of a place leave: as many places in each as can be, all outlets of a place in one. */
const waveOf = ({ waveCount }: Release) =>
  waveCount === 1
    ? sql`1`
    : sql`1 + (dense_rank() over (order by place_id) - 1) * ${waveCount}
        / greatest(1, (select count(distinct place_id) from reached where kind <> 'subscribers'))`

/**
 * Writes the rows of a release before anything moves, and notes the lists whose rows are still to be written. The same
 * again writes none. Answers how many rows are new, and how many lists there are.
 */
export async function planDeliveries(
  db: Db,
  release: Release,
  given: readonly Way[],
  from: Date,
): Promise<{ readonly rows: number; readonly lists: number }> {
  const reach = reachOf(release, from)
  // A hundred thousand outlets are sorted where they are, not on the disk.
  if (db.isTransaction) await sql`select set_config('work_mem', '64MB', true)`.execute(db)
  const result = await sql`
    with recursive ${spokenOn(reach.day)}, ${reached(reach)}, ${ways(given)}, ${givenTo('reached')}, waved as (
      select *, ${waveOf(release)} as wave from reached where kind <> 'subscribers'
    ), placed as (
      select *, row_number() over (order by id) as nth from waved join given using (channel, languages)
    )
    insert into delivery (${columns})
    select ${release.id}::uuid, ${rowId()}, channel, id, organisation_id, place_id, null, means, renditions,
      ${LANES.indexOf(release.lane)}::smallint, wave, false, 'planned', ${dueOf(release, from)}, ${release.endsAt}::timestamptz
    from placed order by id
    ${(await hasRows(db, release.id)) ? sql`on conflict do nothing` : sql``}`.execute(db)
  const lists = await sql`
    with recursive ${spokenOn(reach.day)}, ${reached(reach)}
    insert into release_expansion (release_id, outlet_id) select ${release.id}::uuid, id from reached where kind = 'subscribers'
    on conflict do nothing`.execute(db)
  return { rows: Number(result.numAffectedRows ?? 0n), lists: Number(lists.numAffectedRows ?? 0n) }
}

/** Whether any row of a release was written: until then none can clash, and asking for each costs half of the writing. */
async function hasRows(db: Db, releaseId: Id<'release'>): Promise<boolean> {
  const row = await db
    .selectFrom('delivery')
    .select('id')
    .where('releaseId', '=', releaseId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** A list whose rows are still to be written, locked so that one worker alone goes on with it. */
export interface Expansion {
  readonly releaseId: Id<'release'>
  readonly outletId: Id<'outlet'>
  readonly afterSubscriber: string | null
}

/**
 * The next list to be written. Its release is held as well, and neither is waited for: who stops the release holds it first, and
 * then waits for the list.
 */
export async function nextExpansion(db: Db): Promise<Expansion | null> {
  const { rows } = await sql<Expansion>`
    select list.release_id as "releaseId", list.outlet_id as "outletId", list.after_subscriber as "afterSubscriber"
    from release_expansion as list join release on release.id = list.release_id
    where list.done_at is null order by list.release_id limit 1
    for update of list skip locked for key share of release skip locked`.execute(db)
  return rows[0] ?? null
}

/** Ends the writing of a list, and of all lists of a release that was stopped. */
export async function endExpansions(
  db: Db,
  releaseId: Id<'release'>,
  outletId: Id<'outlet'> | null,
  at: Date,
): Promise<void> {
  let query = db.updateTable('releaseExpansion').set({ doneAt: at }).where('releaseId', '=', releaseId)
  if (outletId) query = query.where('outletId', '=', outletId)
  await query.where('doneAt', 'is', null).execute()
}

/**
 * Writes rows for the next subscribers of a list. Who stands in two lists of a release gets one row. Answers how many
 * subscribers were gone through; fewer than `limit` means that the list is at its end.
 */
export async function planRecipients(
  db: Db,
  release: Release,
  given: readonly Way[],
  expansion: Expansion,
  from: Date,
  limit: number,
): Promise<number> {
  const { rows } = await sql<{ gone: number; last: string | null }>`
    with recursive ${spokenOn(dayAt(from))}, ${reached(everyList(release, from))}, ${ways(given)}, ${givenTo('reached')}, subscribed as (
      select subscriber_id from subscription
      where outlet_id = ${expansion.outletId} and state = 'active'
        and (${expansion.afterSubscriber}::uuid is null or subscriber_id > ${expansion.afterSubscriber}::uuid)
      order by subscriber_id limit ${limit}
    ), ranked as (
      select *, 1 + get_byte(uuid_send(subscriber_id), 15) % ${release.waveCount} as wave,
        row_number() over (order by subscriber_id) as nth from subscribed
    ), written as (
      insert into delivery (${columns})
      select ${release.id}::uuid, ${rowId()}, channel, id, organisation_id, place_id, subscriber_id, means, renditions,
        ${LANES.indexOf(release.lane)}::smallint, wave, false, 'planned', ${dueOf(release, from)}, ${release.endsAt}::timestamptz
      from reached join given using (channel, languages) cross join ranked
      where reached.id = ${expansion.outletId} order by subscriber_id
      on conflict do nothing
    )
    select count(*)::int as gone, max(subscriber_id::text) as last from subscribed`.execute(db)
  const { gone = 0, last = null } = rows[0] ?? {}
  if (last)
    await db
      .updateTable('releaseExpansion')
      .set({ afterSubscriber: last })
      .where('releaseId', '=', release.id)
      .where('outletId', '=', expansion.outletId)
      .execute()
  return gone
}

/** Which lists there are was decided when the release was pressed: only what is said there is still to be found out. */
function everyList({ channels }: Release, from: Date): Reach {
  return { channels, places: [], kinds: ['subscribers'], languages: [], day: dayAt(from) }
}

/** How the lists of a release stand: how many are still being written. */
export async function openExpansions(db: Db, releaseId: Id<'release'>): Promise<number> {
  const { n } = await db
    .selectFrom('releaseExpansion')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('releaseId', '=', releaseId)
    .where('doneAt', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(n)
}
