import { sql } from 'kysely'
import type { Db, Id } from '../../kernel/index.ts'
import { below, isBelow, lives, speaks, spokenIfAsked, spokenOn, type Reach } from '../reach.store.ts'

/** From when to when a release moves, and the part of it in which another would be heard beside it. */
export interface Hours {
  readonly dayFrom: Date
  readonly dayTo: Date
  readonly nearFrom: Date
  readonly nearTo: Date
}

/** Another release that goes to the same outlets on the same days (trùng giờ). */
export interface Clash {
  readonly releaseId: Id<'release'>
  readonly messageId: Id<'message'>
  readonly startsAt: Date
  readonly outlets: number
  /** Of these, outlets that get it within the same hours. */
  readonly near: number
}

/** Releases that may have rows in these hours: pressed, not stopped, begun before their end and not over before. */
const others = (own: Id<'release'>, { dayFrom, dayTo }: Hours) => sql`other as materialized (
    select id, message_id, starts_at from release
    where id <> ${own}::uuid and state = 'released' and cancelled_at is null and kind <> 'recall' and starts_at < ${dayTo}::timestamptz
      -- Rows come due by waves, and a day later at most where it is quiet.
      and starts_at + wave_count * wave_minutes * interval '1 minute' + interval '2 days' > ${dayFrom}::timestamptz
  )`

/** Rows of those releases in these hours, one an outlet: a list counts once. Found from the few, not from the many. */
const TAKEN = ({ dayFrom, dayTo }: Hours) => sql`taken as (
    select other.id as release_id, row.outlet_id, row.due_at from other cross join lateral (
      select outlet_id, due_at from delivery
      where release_id = other.id and recipient_id is null and state in ('planned', 'due', 'claimed', 'accepted', 'delivered', 'unknown')
        and due_at >= ${dayFrom}::timestamptz and due_at < ${dayTo}::timestamptz
      union all
      select outlet_id, other.starts_at from release_expansion
      where release_id = other.id and other.starts_at >= ${dayFrom}::timestamptz and other.starts_at < ${dayTo}::timestamptz
    ) as row
  )`

/** Those of these rows that go to outlets of this release. */
const clashing = (reach: Reach) => sql`clashing as (
    select taken.*, outlet.place_id from taken join outlet on outlet.id = taken.outlet_id
    ${spokenIfAsked(reach)} where ${lives(reach)} and ${isBelow(reach, 'outlet.place_id')} and ${speaks(reach)}
  )`

/** The releases that most outlets of this one get in the same hours, at most `limit`. */
export async function clashesOf(
  db: Db,
  own: Id<'release'>,
  reach: Reach,
  hours: Hours,
  limit: number,
): Promise<Clash[]> {
  const { rows } = await sql<Clash>`
    with recursive ${spokenOn(reach.day)}, ${below(reach)}, ${others(own, hours)}, ${TAKEN(hours)}, ${clashing(reach)}
    select other.id as "releaseId", other.message_id as "messageId", other.starts_at as "startsAt", count(*)::int as outlets,
      count(*) filter (where due_at >= ${hours.nearFrom}::timestamptz and due_at < ${hours.nearTo}::timestamptz)::int as near
    from clashing join other on other.id = clashing.release_id
    group by other.id, other.message_id, other.starts_at order by outlets desc, other.starts_at, other.id limit ${limit}`.execute(
    db,
  )
  return rows
}

/** At how many outlets of each of these places something else goes out in the same hours. */
export async function clashesAt(
  db: Db,
  own: Id<'release'>,
  reach: Reach,
  places: readonly Id<'place'>[],
  hours: Hours,
): Promise<ReadonlyMap<Id<'place'>, number>> {
  if (places.length === 0) return new Map()
  const { rows } = await sql<{ placeId: Id<'place'>; n: number }>`
    with recursive ${spokenOn(reach.day)}, ${others(own, hours)}, here as (
      select outlet.id, outlet.place_id from outlet ${spokenIfAsked(reach)}
      where outlet.place_id = any(${[...places]}::uuid[]) and ${lives(reach)} and ${speaks(reach)}
    )
    select place_id as "placeId", count(*)::int as n from here where exists (
      select 1 from delivery join other on other.id = delivery.release_id
      where delivery.outlet_id = here.id and due_at >= ${hours.dayFrom}::timestamptz and due_at < ${hours.dayTo}::timestamptz
        and delivery.state in ('planned', 'due', 'claimed', 'accepted', 'delivered', 'unknown')
    ) or exists (
      select 1 from release_expansion join other on other.id = release_expansion.release_id
      where release_expansion.outlet_id = here.id and starts_at >= ${hours.dayFrom}::timestamptz and starts_at < ${hours.dayTo}::timestamptz
    ) group by place_id`.execute(db)
  return new Map(rows.map(({ placeId, n }) => [placeId, n]))
}
