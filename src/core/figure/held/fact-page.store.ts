import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../kernel/index.ts'

/** Facts column by column, those of one occasion beside each other: a thousandth of the objects that rows would be. */
export interface FactPage {
  /** An activity, or what the ledger counted of. */
  readonly occasions: readonly string[]
  readonly places: readonly string[]
  readonly organisations: readonly string[]
  /** As `factKind` reads it. */
  readonly kinds: readonly string[]
  /** Days since 1970-01-01. */
  readonly days: readonly number[]
  /** A number is `high · 2³² + low`. */
  readonly highs: readonly number[]
  readonly lows: readonly number[]
  /** Milliseconds since 1970, rounded up: whoever asks as of a moment asks in whole ones. */
  readonly since: readonly number[]
  /** Null while it counts. */
  readonly until: readonly (number | null)[]
}

/** What was committed when something was read, as the database writes it (`pg_snapshot`). */
export type Committed = string

const SOURCES = ['activity', 'ledger'] as const
export type FactSource = (typeof SOURCES)[number]
export const FACT_SOURCES: readonly FactSource[] = SOURCES

/**
 * A number counted of people takes whatever it says of itself from its whole, its parts too: so they add up to it. Which are
 * asked for is said of both, or all numbers there are would be read for the parts of a few.
 */
const ACTIVITY_FACTS = (any: RawBuilder<unknown>) => sql`
  select whole.activity_id as occasion, whole.place_id, whole.organisation_id, whole.day, fact.value, whole.since, whole.until,
    json_build_array(false, fact.breakdown, fact.part, whole.indicator, whole.estimated, whole.campaign_id, whole.theme_id,
      whole.channel, whole.audience, whole.language, whole.grade, whole.acceptance, whole.kind = 'removal')::text as kind
  from activity_count as whole join activity_count as fact
    on fact.activity_id = whole.activity_id and fact.indicator = whole.indicator and fact.since = whole.since
  where whole.breakdown = 'all' and whole.activity_id = ${any} and fact.activity_id = ${any}
  order by whole.activity_id`
const LEDGER_FACTS = (any: RawBuilder<unknown>) => sql`
  select source_id as occasion, place_id, organisation_id, day, value, since, 'infinity'::timestamptz as until,
    json_build_array(true, 'all', '', indicator, false, campaign_id, theme_id,
      channel, audience, language, grade, case grade when 'machine' then 5 else 0 end, false)::text as kind
  from ledger_count where source_id = ${any} order by source_id`
const FACTS = { activity: ACTIVITY_FACTS, ledger: LEDGER_FACTS }
const OCCASIONS = {
  activity: sql`select activity_id as occasion from activity_count`,
  ledger: sql`select source_id as occasion from ledger_count`,
}

/** The occasions that come after one, in their order: those that the next `limit` facts are of. */
export async function occasionsAhead(db: Db, source: FactSource, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ occasion: string }>`
    select distinct occasion from (
      select occasion from (${OCCASIONS[source]}) as every where occasion > ${after}::uuid order by occasion limit ${limit}
    ) as ahead order by occasion`.execute(db)
  return rows.map(({ occasion }) => occasion)
}

/** All facts of some occasions: by name, since the planner has no idea how many lie between two of them. */
export async function factsOfOccasions(db: Db, source: FactSource, occasions: readonly string[]): Promise<FactPage> {
  const moment = (name: string) => sql`ceil(extract(epoch from ${sql.ref(name)}) * 1000)::bigint`
  const { rows } = await sql<FactPage>`
    select coalesce(json_agg(occasion), '[]') as occasions, coalesce(json_agg(place_id), '[]') as places,
      coalesce(json_agg(organisation_id), '[]') as organisations, coalesce(json_agg(kind), '[]') as kinds,
      coalesce(json_agg(day - '1970-01-01'::date), '[]') as days,
      coalesce(json_agg(value >> 32), '[]') as highs, coalesce(json_agg(value & 4294967295), '[]') as lows,
      coalesce(json_agg(${moment('since')}), '[]') as since,
      coalesce(json_agg(case when until < 'infinity' then ${moment('until')} end), '[]') as until
    from (${FACTS[source](sql`any(${[...occasions]}::uuid[])`)}) as fact`.execute(db)
  const [found] = rows
  if (!found) throw new Error('An aggregate answered no row')
  return found
}

export interface Changes {
  /** What was committed when this was read; in a transaction of repeatable reads, what all of it reads. */
  readonly committed: Committed
  /** Of which occasions facts were committed since, each once. */
  readonly occasions: readonly string[]
}

/**
 * What changed since; since null nothing is asked but what is committed now. A row that can be read was written by a
 * transaction before the next one to come: what names a later one came with a restored database, from another one.
 */
export async function changesSince(db: Db, before: Committed | null): Promise<Changes> {
  const since = before ?? sql`pg_current_snapshot()`
  const { rows } = await sql<Changes>`
    select pg_current_snapshot()::text as committed, array(
      select distinct unnest(occasions) from fact_change
      where changed >= pg_snapshot_xmin(asked.before) and changed < pg_snapshot_xmax(pg_current_snapshot())
        and not pg_visible_in_snapshot(changed, asked.before)
    )::text[] as occasions
    from (select ${since}::pg_snapshot) as asked (before)`.execute(db)
  const [found] = rows
  if (!found) throw new Error('A row of one value was not answered')
  return found
}

/** Changes are told for a day, by the clock of the database that noted them. */
export async function forgetOldChanges(db: Db): Promise<void> {
  await sql`delete from fact_change where noted_at < now() - interval '1 day'`.execute(db)
}

/** Codes of indicators that count people, whom breakdowns tell apart. */
export async function peopleIndicators(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('indicator').select('code').where('people', '=', true).execute()
  return new Set(rows.map(({ code }) => code))
}
