import { sql, type RawBuilder } from 'kysely'
import type { Grade } from '../evidence/index.ts'
import type { Db } from '../kernel/index.ts'
import { conditions, everyFact, partedFacts } from './fact-source.store.ts'
import { heldFacts } from './held/hold-facts.ts'
import { isBreakdown, type Dimension, type Question } from './question.ts'
import type { Laid } from './roll-up.ts'
import { sumOfParts, type Cells, type Sum, type SumPart } from './sum.ts'

/** A question with its two trees resolved to what facts name; null where the whole is meant. */
export interface Asking extends Question {
  readonly placeIds: readonly string[] | null
  readonly organisationIds: readonly string[] | null
}

interface Piece {
  readonly key: string
  readonly indicator: string
  /** `machine+12 declared~40`: what was counted and what was guessed, by grade. */
  readonly parts: string
}

/** What facts are told apart by, as a text; periods by the first day of the calendar month that their reporting month is named after. */
const KEYS: Readonly<Partial<Record<Dimension, RawBuilder<unknown>>>> = {
  theme: sql`coalesce(fact.theme_id::text, '')`,
  channel: sql`fact.channel`,
  audience: sql`fact.audience`,
  language: sql`fact.language`,
  grade: sql`fact.grade`,
  acceptance: sql`fact.acceptance::text`,
}

/**
 * The sums of what was asked, by the key of what it is told apart by: the place in `laid.rows`, as a text, where the rows are
 * of a tree; else codes, or the first day of a month where it is a period. Live: nothing is summed beforehand; facts that this
 * process holds are added up in its memory, else by the database. Numbers of any size.
 */
export async function sums(db: Db, asking: Asking, laid: Pick<Laid, 'ids' | 'at'> | null): Promise<Map<string, Cells>> {
  const held = heldFacts(db)
  if (held) return held.sums(asking, laid)
  if (asking.placeIds?.length === 0 || asking.organisationIds?.length === 0 || laid?.ids.length === 0) return new Map()
  const { by } = asking
  const breakdown = isBreakdown(by) ? by : (asking.part?.breakdown ?? null)
  const facts = breakdown ? partedFacts(breakdown) : everyFact()
  const { key, rows: ofRows } = laid ? onRows(by, laid) : { key: keyOf(asking), rows: sql`` }
  // By their bytes: to sort codes as a dictionary sorts words takes far longer than to add them up.
  const { rows } = await sql<Piece>`
    select key::text, indicator, string_agg(grade || case when estimated then '~' else '+' end || value, ' ') as parts from (
      select ${key}, fact.indicator collate "C", fact.grade collate "C", fact.estimated, sum(fact.value)
      from ${facts} as fact ${ofRows} where ${conditions(asking)} group by 1, 2, 3, 4
    ) as summed (key, indicator, grade, estimated, value) group by 1, 2`.execute(db)
  return cellsByKey(rows)
}

/** Joins facts to the rows of a tree, so that they are added up where they are: few numbers travel. */
function onRows(by: Dimension, { ids, at }: Pick<Laid, 'ids' | 'at'>) {
  const node = sql.ref(`fact.${by}_id`)
  const rows = sql`join unnest(${[...ids]}::uuid[], ${[...at]}::int[]) as laid (id, at) on laid.id = ${node}`
  return { key: sql`laid.at`, rows }
}

function keyOf({ by, firstDay }: Asking): RawBuilder<unknown> {
  return isBreakdown(by) ? sql`fact.part` : (KEYS[by] ?? reportingMonth(firstDay))
}

/** With a first day of 15 the days from 15/12 to 14/1 are January's: fourteen days back they all lie in December, the month before. */
function reportingMonth(firstDay: number): RawBuilder<unknown> {
  const months = firstDay > 1 ? 1 : 0
  return sql`(date_trunc('month', fact.day - ${firstDay - 1}::int) + make_interval(months => ${months}::int))::date`
}

function cellsByKey(rows: readonly Piece[]): Map<string, Cells> {
  const found = new Map<string, Map<string, Sum>>()
  for (const { key, indicator, parts } of rows) {
    const cells = found.get(key) ?? new Map<string, Sum>()
    cells.set(indicator, sumOfParts(parts.split(' ').map(readPart)))
    found.set(key, cells)
  }
  return found
}

function readPart(part: string): SumPart {
  const at = part.search(/[+~]/)
  const grade = part.slice(0, at) as Grade // the checks of the tables keep it one of these
  return { grade, estimated: part[at] === '~', value: BigInt(part.slice(at + 1)) }
}
