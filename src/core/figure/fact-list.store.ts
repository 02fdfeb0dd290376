import { sql } from 'kysely'
import type { Grade } from '../evidence/index.ts'
import type { Day, Db } from '../kernel/index.ts'
import { activityFacts, conditions, ledgerFacts, partedFacts } from './fact-source.store.ts'
import type { Asking } from './fact.store.ts'

/** One thing that a figure is the sum of: an activity, or what the ledger says of a row, a list, an answer, a paper, an issue, an article, a play. */
export interface FactLine {
  readonly source: 'activity' | 'delivery' | 'list' | 'press' | 'carrier' | 'issue' | 'article' | 'play'
  readonly sourceId: string
  readonly releaseId: string | null
  readonly indicator: string
  readonly value: bigint
  readonly estimated: boolean
  readonly day: Day
  readonly organisationId: string
  readonly placeId: string
  readonly channel: string
  readonly language: string
  readonly grade: Grade
  readonly acceptance: number
}

/** Where a page goes on: after this line. */
export type FactKey = Pick<FactLine, 'day' | 'sourceId' | 'indicator' | 'language' | 'grade'>

const COLUMNS = sql`source, source_id, release_id, indicator, estimated, day, organisation_id, place_id, channel, language, grade, acceptance`

/** What a figure is the sum of, the last day first; `limit` lines after `after`. What was taken back in full is no line. */
export async function factLines(db: Db, asking: Asking, after: FactKey | null, limit: number): Promise<FactLine[]> {
  if (asking.placeIds?.length === 0 || asking.organisationIds?.length === 0) return []
  const key = sql`day, source_id, indicator, language, grade`
  const order = sql`day desc, source_id desc, indicator desc, language desc, grade desc`
  const asked = conditions(asking)
  const rest = after
    ? sql`(${key}) < (${after.day}::date, ${after.sourceId}::uuid, ${after.indicator}, ${after.language}, ${after.grade})`
    : sql`true`
  const ofActivities = asking.part ? partedFacts(asking.part.breakdown) : activityFacts()
  // The ledger counts nobody by sex, age or ethnic group.
  const ofLedger = asking.part
    ? sql``
    : sql`union all (
        select ${COLUMNS}, sum(value) as value from ${ledgerFacts()} as fact where ${asked} and ${rest}
        group by ${COLUMNS} having sum(value) <> 0 order by ${order} limit ${limit})`
  const { rows } = await sql<Omit<FactLine, 'value'> & { value: string }>`
    select ${COLUMNS}, value::text from (
      (select ${COLUMNS}, value::numeric from ${ofActivities} as fact where ${asked} and ${rest} and value <> 0
        order by ${order} limit ${limit})
      ${ofLedger}
    ) as line order by ${order} limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...row, value: BigInt(row.value) }))
}
