import { sql, type RawBuilder } from 'kysely'
import type { Grade } from '../evidence/index.ts'
import type { Db } from '../kernel/index.ts'
import { conditions, everyFact, partedFacts } from './fact-source.store.ts'
import { isBreakdown, type Dimension, type Question } from './question.ts'
import { add, NO_SUM, sumOf, type Cells, type Sum } from './sum.ts'

/** A question with its two trees resolved to what facts name; null where the whole is meant. */
export interface Asking extends Question {
  readonly placeIds: readonly string[] | null
  readonly organisationIds: readonly string[] | null
}

interface Piece {
  readonly key: string
  readonly indicator: string
  readonly grade: Grade
  readonly estimated: boolean
  readonly value: string
}

/** What facts are told apart by, as a text; periods by their days. */
const KEYS: Readonly<Partial<Record<Dimension, RawBuilder<unknown>>>> = {
  place: sql`fact.place_id`,
  organisation: sql`fact.organisation_id`,
  theme: sql`coalesce(fact.theme_id::text, '')`,
  channel: sql`fact.channel`,
  audience: sql`fact.audience`,
  language: sql`fact.language`,
  grade: sql`fact.grade`,
  acceptance: sql`fact.acceptance::text`,
}

/**
 * The sums of what was asked, by the key of a dimension: ids, codes, or days where it is a period. Live: nothing is
 * summed beforehand. Numbers of any size.
 */
export async function sumsBy(db: Db, asking: Asking, by: Dimension): Promise<Map<string, Cells>> {
  if (asking.placeIds?.length === 0 || asking.organisationIds?.length === 0) return new Map()
  const breakdown = isBreakdown(by) ? by : (asking.part?.breakdown ?? null)
  const facts = breakdown ? partedFacts(breakdown) : everyFact()
  const key = isBreakdown(by) ? sql`fact.part` : (KEYS[by] ?? sql`fact.day`)
  const { rows } = await sql<Piece>`
    select key::text, indicator, grade, estimated, value::text from (
      select ${key}, fact.indicator, fact.grade, fact.estimated, sum(fact.value)
      from ${facts} as fact where ${conditions(asking)} group by 1, 2, 3, 4
    ) as summed (key, indicator, grade, estimated, value)`.execute(db)
  return cellsByKey(rows)
}

function cellsByKey(rows: readonly Piece[]): Map<string, Cells> {
  const found = new Map<string, Map<string, Sum>>()
  for (const { key, indicator, grade, estimated, value } of rows) {
    const cells = found.get(key) ?? new Map<string, Sum>()
    cells.set(indicator, add(cells.get(indicator) ?? NO_SUM, sumOf(grade, estimated, BigInt(value))))
    found.set(key, cells)
  }
  return found
}
