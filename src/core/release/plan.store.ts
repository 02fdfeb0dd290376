import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import { dayAt, type Day, type Db, type Id } from '../kernel/index.ts'
import type { Release } from './release.ts'
import { LANES } from './release.ts'

/** A rendition by the channel and the language it goes out in. */
export interface Way {
  readonly id: string
  readonly channel: string
  readonly language: string
}

export interface Reach {
  readonly channels: readonly ChannelKey[]
  readonly places: readonly Id<'place'>[]
  readonly day: Day
}

/** Places with what is spoken in each: its own list, else that of the place above. */
const SPOKEN = sql`spoken as (
    select id, languages from place where parent_id is null
    union all
    select place.id, case when cardinality(place.languages) > 0 then place.languages else spoken.languages end
    from place join spoken on place.parent_id = spoken.id
  )`

/** Outlets that are reached, with the languages said there. */
const reached = ({ channels, places, day }: Reach) => sql`below as (
    select id from place where ${places.length === 0} or id = any(${[...places]}::uuid[])
    union select place.id from place join below on place.parent_id = below.id
  ), reached as (
    select outlet.id, outlet.kind, outlet.channel, outlet.means, outlet.place_id, outlet.organisation_id, outlet.paused_at,
      outlet.quiet_from, outlet.quiet_to,
      case when cardinality(outlet.languages) > 0 then outlet.languages else spoken.languages end as languages
    from outlet join spoken on spoken.id = outlet.place_id
    where outlet.channel = any(${[...channels]}::text[]) and outlet.place_id in (select id from below)
      and (outlet.alive_from is null or outlet.alive_from <= ${day}) and (outlet.alive_to is null or outlet.alive_to >= ${day})
  )`

const ways = (given: readonly Way[]) =>
  sql`way as (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as way(id uuid, channel text, language text))`

/** What an outlet gets: the renditions in what is said there, else all of its channel. Found once for each set of languages. */
const GIVEN = sql`given as (
    select channel, languages, coalesce(
      (select array_agg(way.id order by way.language) from way where way.channel = said.channel and way.language = any(said.languages)),
      (select array_agg(way.id order by way.language) from way where way.channel = said.channel)
    ) as renditions
    from (select distinct channel, languages from reached) as said
  )`

/** Where the rows of a release go to, for whom; the lists among the outlets are written out one subscriber after the other. */
const columns = sql.raw(
  'release_id, id, channel, outlet_id, organisation_id, place_id, recipient_id, means, renditions, lane, wave, corrects, state, due_at, expires_at',
)

/** When a row is due: its wave, and outside of the quiet hours of its outlet unless it is urgent. */
const dueOf = (release: Release, from: Date) => {
  const at = sql`${from}::timestamptz + (wave - 1) * make_interval(mins => ${release.waveMinutes})`
  return release.lane === 'emergency'
    ? at
    : sql`case when quiet_from is null then ${at} else after_quiet(${at}, quiet_from, quiet_to) end`
}

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
  const reach = { channels: release.channels, places: release.places, day: dayAt(from) }
  const result = await sql`
    with recursive ${SPOKEN}, ${reached(reach)}, ${ways(given)}, ${GIVEN}, waved as (
      select *, 1 + (dense_rank() over (order by place_id) - 1) * ${release.waveCount}
        / greatest(1, (select count(distinct place_id) from reached)) as wave
      from reached where kind <> 'subscribers'
    )
    insert into delivery (${columns})
    select ${release.id}::uuid, gen_random_uuid(), channel, id, organisation_id, place_id, null, means, renditions,
      ${LANES.indexOf(release.lane)}::smallint, wave, false, 'planned', ${dueOf(release, from)}, ${release.endsAt}::timestamptz
    from waved join given using (channel, languages) order by id
    on conflict do nothing`.execute(db)
  const lists = await sql`
    with recursive ${SPOKEN}, ${reached(reach)}
    insert into release_expansion (release_id, outlet_id) select ${release.id}::uuid, id from reached where kind = 'subscribers'
    on conflict do nothing`.execute(db)
  return { rows: Number(result.numAffectedRows ?? 0n), lists: Number(lists.numAffectedRows ?? 0n) }
}

/** A list whose rows are still to be written, locked so that one worker alone goes on with it. */
export interface Expansion {
  readonly releaseId: Id<'release'>
  readonly outletId: Id<'outlet'>
  readonly afterSubscriber: string | null
}

export async function nextExpansion(db: Db): Promise<Expansion | null> {
  const row = await db
    .selectFrom('releaseExpansion')
    .select(['releaseId', 'outletId', 'afterSubscriber'])
    .where('doneAt', 'is', null)
    .orderBy('releaseId')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return (row as Expansion | undefined) ?? null // ids as planDeliveries wrote them
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
    with recursive ${SPOKEN}, ${reached({ channels: release.channels, places: [], day: dayAt(from) })}, ${ways(given)}, ${GIVEN}, subscribed as (
      select subscriber_id from subscription
      where outlet_id = ${expansion.outletId} and state = 'active'
        and (${expansion.afterSubscriber}::uuid is null or subscriber_id > ${expansion.afterSubscriber}::uuid)
      order by subscriber_id limit ${limit}
    ), ranked as (
      select *, 1 + (row_number() over (order by subscriber_id) - 1) * ${release.waveCount} / ${limit} as wave from subscribed
    ), written as (
      insert into delivery (${columns})
      select ${release.id}::uuid, gen_random_uuid(), channel, id, organisation_id, place_id, subscriber_id, means, renditions,
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

/** A line of the preview: the outlets of one place by one channel. */
export interface PreviewLine {
  readonly placeId: Id<'place'>
  readonly place: string
  readonly channel: ChannelKey
  readonly outlets: number
  readonly manual: number
  readonly paused: number
  /** Outlets where nothing is said in what is spoken there. */
  readonly untold: number
  /** Outlets that would wait for the end of their quiet hours. */
  readonly quiet: number
}

/** Who would get what, place by place; nothing is written. */
export async function previewDeliveries(
  db: Db,
  reach: Reach,
  given: readonly Way[],
  from: Date,
): Promise<PreviewLine[]> {
  const { rows } = await sql<PreviewLine>`
    with recursive ${SPOKEN}, ${reached(reach)}, ${ways(given)}
    select place.id as "placeId", place.name as place, reached.channel, count(*)::int as outlets,
      count(*) filter (where means = 'manual')::int as manual,
      count(*) filter (where paused_at is not null)::int as paused,
      count(*) filter (where not (reached.languages <@ coalesce(told.languages, '{}')))::int as untold,
      count(*) filter (where quiet_from is not null and after_quiet(${from}::timestamptz, quiet_from, quiet_to) > ${from}::timestamptz)::int as quiet
    from reached join place on place.id = reached.place_id
    left join (select channel, array_agg(language) as languages from way group by channel) as told on told.channel = reached.channel
    group by place.id, place.name, place.code, reached.channel
    order by place.name collate "vi-VN-x-icu", place.code, reached.channel`.execute(db)
  return rows
}
