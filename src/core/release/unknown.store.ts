import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import type { Db, Id } from '../kernel/index.ts'

/** A row nobody knows of: it may have arrived or not. */
export interface UnknownLine {
  readonly releaseId: Id<'release'>
  readonly id: Id<'delivery'>
  readonly messageId: Id<'message'>
  readonly channel: ChannelKey
  readonly outlet: string
  readonly place: string
  readonly reason: string
  /** Since when nobody knows. */
  readonly since: Date
  /** When its provider is asked next; null: a person must find out. */
  readonly askAt: Date | null
  /** By when it should be known. */
  readonly askUntil: Date | null
}

export interface UnknownKey {
  readonly since: Date
  readonly id: string
}

/** Rows nobody knows of, of all releases of these bodies, the longest unknown first, after a row. */
export async function unknownOf(
  db: Db,
  organisations: readonly Id<'organisation'>[],
  after: UnknownKey | null,
  limit: number,
): Promise<UnknownLine[]> {
  const { rows } = await sql<UnknownLine>`
    select delivery.release_id as "releaseId", delivery.id, release.message_id as "messageId", delivery.channel,
      outlet.name as outlet, place.name as place, delivery.reason, delivery.unknown_since as since, ask_at as "askAt", ask_until as "askUntil"
    from delivery join release on release.id = delivery.release_id
    join outlet on outlet.id = delivery.outlet_id join place on place.id = delivery.place_id
    where delivery.unknown_since is not null and release.organisation_id = any(${[...organisations]}::uuid[])
      ${after === null ? sql`` : sql`and (delivery.unknown_since, delivery.id) > (${after.since}::timestamptz, ${after.id}::uuid)`}
    order by delivery.unknown_since, delivery.id limit ${limit}`.execute(db)
  return rows
}

/** What people must find out themselves: how many rows, up to `most`, and by when the first. */
export interface ToFindOut {
  readonly rows: number
  readonly firstBy: Date | null
}

export async function toFindOut(
  db: Db,
  organisations: readonly Id<'organisation'>[],
  most: number,
): Promise<ToFindOut> {
  const { rows } = await sql<ToFindOut>`
    select count(*)::int as rows, min(ask_until) as "firstBy" from (
      select ask_until from delivery join release on release.id = delivery.release_id
      where delivery.unknown_since is not null and ask_at is null and release.organisation_id = any(${[...organisations]}::uuid[])
      order by delivery.unknown_since, delivery.id limit ${most}
    ) as lost`.execute(db)
  return rows[0] ?? { rows: 0, firstBy: null }
}

/** Who finds out what became of the rows of a release that nobody knows of. */
export interface UnknownShare {
  /** Rows whose provider is being asked, and those of which people must find out; together up to `most`. */
  readonly asked: number
  readonly toPeople: number
  /** By when the first of all should be known. */
  readonly firstBy: Date | null
}

export async function unknownIn(db: Db, releaseId: Id<'release'>, most: number): Promise<UnknownShare> {
  const { rows } = await sql<UnknownShare>`
    select count(ask_at)::int as asked, (count(*) - count(ask_at))::int as "toPeople", min(ask_until) as "firstBy" from (
      select ask_at, ask_until from delivery where release_id = ${releaseId}::uuid and went_wrong = 'unknown' limit ${most}
    ) as lost`.execute(db)
  return rows[0] ?? { asked: 0, toPeople: 0, firstBy: null }
}
