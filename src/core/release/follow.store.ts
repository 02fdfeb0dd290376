import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import { dayAt, type Db, type Id } from '../kernel/index.ts'
import type { Way } from './plan.store.ts'
import { LANES, LEFT_STATES, type Release } from './release.ts'

/** A release and all that it took the place of, back to the first. */
const chainOf = (releaseId: Id<'release'>) => sql`chain as (
    select id, of_release_id, 0 as step from release where id = ${releaseId}::uuid
    union all select release.id, release.of_release_id, step + 1 from release join chain on release.id = chain.of_release_id
  )`

/** One row for each end that has, or may have, what any release of the chain brought; the newest where several did. */
const held = (states: readonly string[]) => sql`held as (
    select distinct on (delivery.channel, delivery.outlet_id, delivery.recipient_id) delivery.*
    from delivery join chain on chain.id = delivery.release_id
    where delivery.state = any(${[...states]}::text[])
    order by delivery.channel, delivery.outlet_id, delivery.recipient_id, chain.step
  )`

/**
 * Writes the rows of a recall: to exactly those ends that have what the release brought, or may have it; by all
 * channels, or by those given.
 */
export async function planRecall(
  db: Db,
  recall: Release,
  from: Date,
  channels: readonly ChannelKey[] | null,
): Promise<number> {
  const result = await sql`
    with recursive ${chainOf(recall.ofReleaseId as Id<'release'>)}, ${held(LEFT_STATES)}
    insert into delivery (release_id, id, channel, outlet_id, organisation_id, place_id, recipient_id, means, renditions, lane, corrects, state, due_at)
    select ${recall.id}::uuid, gen_random_uuid(), channel, outlet_id, organisation_id, place_id, recipient_id, means, renditions,
      ${LANES.indexOf(recall.lane)}::smallint, true, 'planned', ${from}::timestamptz
    from held where ${channels === null} or channel = any(${[...(channels ?? [])]}::text[])
    order by outlet_id, recipient_id
    on conflict do nothing`.execute(db)
  return Number(result.numAffectedRows ?? 0n)
}

/**
 * Writes the rows of what takes the place of a release: to all that have the old words or may have them, marked as a
 * correction; and to those the old words had not left for, who get the new ones alone.
 */
export async function planFollowing(db: Db, release: Release, given: readonly Way[], from: Date): Promise<number> {
  const left = [...LEFT_STATES]
  const result = await sql`
    with recursive ${chainOf(release.ofReleaseId as Id<'release'>)}, ${held([...LEFT_STATES, 'cancelled'])},
    way as (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as way(id uuid, channel text, language text)),
    spoken as (
      select id, languages from place where parent_id is null
      union all
      select place.id, case when cardinality(place.languages) > 0 then place.languages else spoken.languages end
      from place join spoken on place.parent_id = spoken.id
    ), said as (
      select held.*, outlet.quiet_from, outlet.quiet_to, outlet.alive_to,
        case when cardinality(outlet.languages) > 0 then outlet.languages else spoken.languages end as languages
      from held join outlet on outlet.id = held.outlet_id join spoken on spoken.id = held.place_id
      where held.state = any(${left}::text[]) or held.reason in ('superseded', 'approval_void')
    ), given as (
      select channel, languages, coalesce(
        (select array_agg(way.id order by way.language) from way where way.channel = ways.channel and way.language = any(ways.languages)),
        (select array_agg(way.id order by way.language) from way where way.channel = ways.channel)
      ) as renditions
      from (select distinct channel, languages from said) as ways
    )
    insert into delivery (release_id, id, channel, outlet_id, organisation_id, place_id, recipient_id, means, renditions, lane, corrects, state, due_at, expires_at)
    select ${release.id}::uuid, gen_random_uuid(), said.channel, outlet_id, organisation_id, place_id, recipient_id, means, given.renditions,
      ${LANES.indexOf(release.lane)}::smallint, said.state = any(${left}::text[]), 'planned',
      case when quiet_from is null then ${from}::timestamptz else after_quiet(${from}::timestamptz, quiet_from, quiet_to) end,
      ${release.endsAt}::timestamptz
    from said join given on given.channel = said.channel and given.languages = said.languages
    where given.renditions is not null and (alive_to is null or alive_to >= ${dayAt(from)})
    order by outlet_id, recipient_id
    on conflict do nothing`.execute(db)
  return Number(result.numAffectedRows ?? 0n)
}

/** How many ends have the words of a release or may have them, and for how many they had not left. */
export async function countFollowing(
  db: Db,
  ofReleaseId: Id<'release'>,
): Promise<{ readonly have: number; readonly waiting: number }> {
  const { rows } = await sql<{ have: number; waiting: number }>`
    with recursive ${chainOf(ofReleaseId)}, ${held([...LEFT_STATES, 'planned', 'due'])}
    select count(*) filter (where state = any(${[...LEFT_STATES]}::text[]))::int as have,
      count(*) filter (where state in ('planned', 'due'))::int as waiting from held`.execute(db)
  return rows[0] ?? { have: 0, waiting: 0 }
}
