import { sql } from 'kysely'
import type { ChannelKey } from '../../channel/index.ts'
import type { Db, Id } from '../../kernel/index.ts'
import {
  below,
  CLUSTERED,
  isBelow,
  lives,
  reached,
  speaks,
  spokenIfAsked,
  spokenOn,
  type Reach,
} from '../reach.store.ts'

/** Outlets of one channel at which the same is said. */
export interface OutletGroup {
  readonly channel: ChannelKey
  /** What is said there, BCP 47. */
  readonly languages: readonly string[]
  readonly means: 'machine' | 'manual'
  /** Lists have a row for each subscriber; other outlets have one. */
  readonly list: boolean
  readonly outlets: number
  readonly subscribers: number
  readonly paused: number
  /** Outlets that would wait for the end of their quiet hours. */
  readonly quiet: number
}

const counted = (from: Date) => sql`channel, means, kind = 'subscribers' as list, count(*)::int as outlets,
    count(paused_at)::int as paused,
    count(*) filter (where quiet_from is not null and after_quiet(${from}::timestamptz, quiet_from, quiet_to) > ${from}::timestamptz)::int as quiet`

/** Ways of speaking by a number: to group by a number is many times faster than by a list of texts. */
const SPEECH = sql`speech as (select id, languages, dense_rank() over (order by languages) as speech from spoken)`

/**
 * All that would be reached, in as many groups as there are channels and ways of speaking; rows of lists are counted
 * subscriber by subscriber.
 */
export async function groupsReached(db: Db, reach: Reach, from: Date): Promise<OutletGroup[]> {
  const { rows } = await sql<OutletGroup>`
    with recursive ${spokenOn(reach.day)}, ${SPEECH}, ${below(reach)}, grouped as (
      select ${counted(from)}, speech, coalesce(clustered.languages, outlet.languages) as own, array_agg(outlet.id) filter (where kind = 'subscribers') as lists
      from outlet join speech as spoken on spoken.id = outlet.place_id ${CLUSTERED}
      where ${lives(reach)} and ${isBelow(reach, 'outlet.place_id')} and ${speaks(reach)}
      group by channel, means, kind = 'subscribers', speech, own
    )
    select channel, means, list, outlets, paused, quiet,
      case when cardinality(own) > 0 then own else (select languages from speech where speech.speech = grouped.speech limit 1) end as languages,
      (select count(*)::int from subscription where outlet_id = any(lists) and state = 'active') as subscribers
    from grouped order by channel, means, list, languages`.execute(db)
  return rows
}

/** At how many places something is reached. */
export async function placesReached(db: Db, reach: Reach): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with recursive ${spokenOn(reach.day)}, ${below(reach)}
    select count(distinct outlet.place_id)::int as n from outlet ${spokenIfAsked(reach)}
    where ${lives(reach)} and ${isBelow(reach, 'outlet.place_id')} and ${speaks(reach)}`.execute(db)
  return rows[0]?.n ?? 0
}

/** After which place a page goes on. */
export interface PlaceKey {
  readonly name: string
  readonly code: string
}

export interface PlaceReached extends PlaceKey {
  readonly id: Id<'place'>
}

/**
 * The places that have an outlet that is reached, in the order of a Vietnamese dictionary, after a place: walked in that
 * order until the page is full.
 */
export async function pageOfPlaces(
  db: Db,
  reach: Reach,
  after: PlaceKey | null,
  limit: number,
): Promise<PlaceReached[]> {
  const asked = reach.languages.length > 0
  const { rows } = await sql<PlaceReached>`
    with recursive ${spokenOn(reach.day)}, ${below(reach)}
    select place.id, place.name, place.code from place
    ${asked ? sql`join spoken on spoken.id = place.id` : sql``}
    cross join lateral (select 1 from outlet ${asked ? CLUSTERED : sql``} where outlet.place_id = place.id and ${lives(reach)} and ${speaks(reach)} limit 1) as reached
    where ${isBelow(reach, 'place.id')}
      ${after === null ? sql`` : sql`and (name collate "vi-x-icu", code) > (${after.name}, ${after.code})`}
    order by name collate "vi-x-icu", code limit ${limit}`.execute(db)
  return rows
}

/** What would be reached at these very places, those below them left out. */
export async function groupsAt(
  db: Db,
  reach: Reach,
  places: readonly Id<'place'>[],
  from: Date,
): Promise<(OutletGroup & { readonly placeId: Id<'place'> })[]> {
  if (places.length === 0) return []
  const { rows } = await sql<OutletGroup & { readonly placeId: Id<'place'> }>`
    with recursive ${spokenOn(reach.day)}, ${reached({ ...reach, places })}
    select place_id as "placeId", languages, ${counted(from)}, coalesce(sum((
        select count(*) from subscription where outlet_id = reached.id and state = 'active'
      )) filter (where kind = 'subscribers'), 0)::int as subscribers
    from reached where place_id = any(${[...places]}::uuid[])
    group by place_id, channel, languages, means, kind = 'subscribers'`.execute(db)
  return rows
}
