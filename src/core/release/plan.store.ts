import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import { dayAt, type Day, type Db, type Id } from '../kernel/index.ts'
import type { Release } from './release.ts'
import { LANES, LEFT_STATES } from './release.ts'

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
    select outlet.id, outlet.channel, outlet.means, outlet.place_id, outlet.organisation_id, outlet.paused_at,
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

/** Writes the rows of a release before anything moves. The same again writes none. Answers how many are new. */
export async function planDeliveries(db: Db, release: Release, given: readonly Way[], from: Date): Promise<number> {
  const reach = { channels: release.channels, places: release.places, day: dayAt(from) }
  const due =
    release.lane === 'emergency'
      ? sql`${from}::timestamptz`
      : sql`case when quiet_from is null then ${from}::timestamptz else after_quiet(${from}::timestamptz, quiet_from, quiet_to) end`
  const result = await sql`
    with recursive ${SPOKEN}, ${reached(reach)}, ${ways(given)}, ${GIVEN}
    insert into delivery (release_id, id, channel, outlet_id, organisation_id, place_id, means, renditions, lane, state, due_at, expires_at)
    select ${release.id}::uuid, gen_random_uuid(), channel, id, organisation_id, place_id, means, renditions, ${LANES.indexOf(release.lane)}::smallint,
      'planned', ${due}, ${release.endsAt}::timestamptz
    from reached join given using (channel, languages) order by id
    on conflict (release_id, channel, outlet_id) do nothing`.execute(db)
  return Number(result.numAffectedRows ?? 0n)
}

/** Writes the rows of a recall: to exactly those outlets that the original reached, or may have reached. */
export async function planRecall(db: Db, recall: Release, from: Date): Promise<number> {
  const result = await sql`
    insert into delivery (release_id, id, channel, outlet_id, organisation_id, place_id, means, renditions, lane, state, due_at)
    select ${recall.id}::uuid, gen_random_uuid(), channel, outlet_id, organisation_id, place_id, means, renditions,
      ${LANES.indexOf(recall.lane)}::smallint, 'planned', ${from}::timestamptz
    from delivery
    where release_id = ${recall.ofReleaseId}::uuid and state = any(${[...LEFT_STATES]}::text[])
    order by outlet_id
    on conflict (release_id, channel, outlet_id) do nothing`.execute(db)
  return Number(result.numAffectedRows ?? 0n)
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
