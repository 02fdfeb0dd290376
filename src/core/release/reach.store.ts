import { sql, type RawBuilder } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import { newId, type Day, type Id } from '../kernel/index.ts'
import type { OutletKind } from '../outlet/index.ts'
import type { Release } from './release.ts'

/** A rendition by the channel and the language it goes out in. */
export interface Way {
  readonly id: string
  readonly channel: string
  readonly language: string
}

/** Which outlets a release is for, as they are on a day. */
export interface Reach {
  readonly channels: readonly ChannelKey[]
  /** With all below them; none: everywhere. */
  readonly places: readonly Id<'place'>[]
  /** None: every kind. */
  readonly kinds: readonly OutletKind[]
  /** Where one of these is said; none: whatever is said there. */
  readonly languages: readonly string[]
  readonly day: Day
}

const OWN = sql`case when cardinality(outlet.languages) > 0 then outlet.languages else spoken.languages end`

export const CLUSTERED = sql`left join clustered on clustered.station_id = outlet.id`

/**
 * `spoken`: places with what is spoken in each: its own list, else that of the place above. `clustered`: the stations of
 * which a cluster says on that day who listens to it, with what all their clusters need; one that says nothing needs what is
 * said at its station.
 */
export const spokenOn = (day: Day) => sql`spoken as (
    select id, languages from place where parent_id is null
    union all
    select place.id, case when cardinality(place.languages) > 0 then place.languages else spoken.languages end
    from place join spoken on place.parent_id = spoken.id
  ), living as materialized (
    select station_id, languages from cluster
    where (alive_from is null or alive_from <= ${day}) and (alive_to is null or alive_to >= ${day})
  ), clustered as materialized (
    select station_id, array_agg(distinct language order by language) as languages
    from living join outlet on outlet.id = station_id join spoken on spoken.id = outlet.place_id
    cross join lateral unnest(case when cardinality(living.languages) > 0 then living.languages else ${OWN} end) as language
    where station_id in (select station_id from living where cardinality(languages) > 0)
    group by station_id
  )`

/** Places whose outlets are reached. */
export const below = ({ places }: Reach) => sql`below as (
    select id from place where id = any(${[...places]}::uuid[])
    union select place.id from place join below on place.parent_id = below.id
  )`

/** Whether an outlet is reached by its channel, its kind and the day. */
export const lives = ({ channels, kinds, day }: Reach) => sql`outlet.channel = any(${[...channels]}::text[])
        ${kinds.length === 0 ? sql`` : sql`and outlet.kind = any(${[...kinds]}::text[])`}
        and (outlet.alive_from is null or outlet.alive_from <= ${day}) and (outlet.alive_to is null or outlet.alive_to >= ${day})`

/** Whether a place is one of those that are reached. */
export const isBelow = ({ places }: Reach, place: 'place.id' | 'outlet.place_id') =>
  places.length === 0 ? sql`true` : sql`${sql.ref(place)} in (select id from below)`

/** What is said at an outlet: at a station what its clusters need, else its own list, else what is spoken at its place. */
export const SAID = sql`coalesce(clustered.languages, ${OWN})`

/** The places of outlets with what is spoken there, and what clusters of stations need. */
export const SPOKEN_AT_OUTLET = sql`join spoken on spoken.id = outlet.place_id ${CLUSTERED}`

/** Whether one of the asked languages is said at an outlet, `spoken` being its place's. */
export const speaks = ({ languages }: Reach) =>
  languages.length === 0 ? sql`true` : sql`(${SAID}) && ${[...languages]}::text[]`

/** What is spoken at the places of outlets, joined only where a language is asked for. */
export const spokenIfAsked = ({ languages }: Reach) => (languages.length === 0 ? sql`` : SPOKEN_AT_OUTLET)

/** Outlets that are reached, with the languages said there. */
export const reached = (reach: Reach) => sql`${below(reach)}, reached as (
    select outlet.id, outlet.kind, outlet.channel, outlet.means, outlet.place_id, outlet.organisation_id, outlet.paused_at,
      outlet.quiet_from, outlet.quiet_to, ${SAID} as languages
    from outlet ${SPOKEN_AT_OUTLET}
    where ${lives(reach)} and ${isBelow(reach, 'outlet.place_id')} and ${speaks(reach)}
  )`

export const ways = (given: readonly Way[]) =>
  sql`way as (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as way(id uuid, channel text, language text))`

/**
 * What an outlet of a set gets: the renditions in what is said there, else all of its channel. Found once for each set of
 * languages. `outlets` names the set, which has `channel` and `languages`.
 */
export const givenTo = (outlets: 'reached' | 'said') => sql`given as materialized (
    select channel, languages, coalesce(
      (select array_agg(way.id order by way.language) from way where way.channel = one.channel and way.language = any(one.languages)),
      (select array_agg(way.id order by way.language) from way where way.channel = one.channel)
    ) as renditions
    from (select distinct channel, languages from ${sql.ref(outlets)}) as one
  )`

/** The moment `at`, or when the quiet hours of the outlet are over; what is an emergency goes through them. */
export function outsideQuietHours({ lane }: Pick<Release, 'lane'>, at: RawBuilder<unknown>): RawBuilder<unknown> {
  return lane === 'emergency'
    ? at
    : sql`case when quiet_from is null then ${at} else after_quiet(${at}, quiet_from, quiet_to) end`
}

/** Digits of an id that say which row of its statement it is of: sixteen million. */
const NTH_DIGITS = 6

/** The id of the `nth` row of a statement: all follow one new id, so that rows side by side in time are so on the disk. */
export function rowId(): RawBuilder<unknown> {
  const first = newId().replaceAll('-', '').slice(0, -NTH_DIGITS)
  return sql`(${first} || lpad(to_hex(nth), ${sql.lit(NTH_DIGITS)}, '0'))::uuid`
}
