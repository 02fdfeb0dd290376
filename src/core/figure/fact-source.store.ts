import { sql, type RawBuilder } from 'kysely'
import type { Breakdown } from '../evidence/index.ts'
import type { Asking } from './fact.store.ts'

/** Every fact of every source, each as a whole. */
export function everyFact(): RawBuilder<unknown> {
  return sql`(select * from figure_fact where breakdown = 'all')`
}

/** Facts of activities alone, each as a whole. */
export function activityFacts(): RawBuilder<unknown> {
  return sql`(select * from figure_fact where breakdown = 'all' and source = 'activity')`
}

/** Facts of the ledger alone: numbers more and numbers taken back. */
export function ledgerFacts(): RawBuilder<unknown> {
  return sql`(select * from figure_fact where breakdown = 'all' and source <> 'activity')`
}

/**
 * Facts of people by one breakdown: each part, and as the empty part what of the whole nobody told apart. Whether a part
 * was counted or guessed is as of its whole, so that the parts of counted people add up to counted people.
 */
export function partedFacts(breakdown: Breakdown): RawBuilder<unknown> {
  const dimensions = sql`'activity' as source, whole.activity_id as source_id, null::uuid as release_id, whole.indicator,
    whole.estimated, whole.organisation_id, whole.place_id, whole.campaign_id, whole.theme_id, whole.day, whole.channel,
    whole.audience, whole.language, whole.grade, whole.acceptance, whole.since, whole.until`
  const same = sql`parts.activity_id = whole.activity_id and parts.indicator = whole.indicator and parts.since = whole.since
    and parts.breakdown = ${breakdown}`
  return sql`(
    select ${dimensions}, parts.part, parts.value from activity_count as whole join activity_count as parts on ${same}
    where whole.breakdown = 'all'
    union all
    select ${dimensions}, '' as part, whole.value - coalesce((select sum(value) from activity_count as parts where ${same}), 0)
    from activity_count as whole join indicator on indicator.code = whole.indicator and indicator.people
    where whole.breakdown = 'all'
  )`
}

/** What of `fact` was asked for. */
export function conditions(asking: Asking): RawBuilder<unknown> {
  const { indicators, from, to, asOf, placeIds, organisationIds, campaign, grade, acceptance, acceptedFrom, part } =
    asking
  const all = [
    sql`fact.day between ${from}::date and ${to}::date`,
    asOf === null ? sql`fact.until = 'infinity'` : sql`fact.since <= ${asOf} and ${asOf} < fact.until`,
  ]
  if (indicators.length > 0) all.push(sql`fact.indicator = any(${[...indicators]}::text[])`)
  if (placeIds) all.push(sql`fact.place_id = any(${[...placeIds]}::uuid[])`)
  if (organisationIds) all.push(sql`fact.organisation_id = any(${[...organisationIds]}::uuid[])`)
  if (campaign !== null) all.push(sql`fact.campaign_id = ${campaign}::uuid`)
  if (asking.theme !== null) {
    all.push(asking.theme === '' ? sql`fact.theme_id is null` : sql`fact.theme_id = ${asking.theme}::uuid`)
  }
  for (const name of ['channel', 'audience', 'language'] as const) {
    const value = asking[name]
    if (value !== null) all.push(sql`${sql.ref(`fact.${name}`)} = ${value}`)
  }
  if (grade !== null) all.push(sql`fact.grade = ${grade}`)
  if (acceptance !== null) all.push(sql`fact.acceptance = ${acceptance}`)
  if (acceptedFrom !== null) all.push(sql`fact.acceptance >= ${acceptedFrom}`)
  if (part !== null) all.push(sql`fact.part = ${part.code}`)
  return sql.join(all, sql` and `)
}
