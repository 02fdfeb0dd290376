import { GRADES } from '../evidence/index.ts'
import type { Db } from '../kernel/index.ts'
import { keyOf, type Figures } from './figure-row.ts'
import { figures } from './figures.ts'
import { questionOf, type Asked } from './question.ts'
import type { Snapshot } from './snapshot.store.ts'
import type { Cells } from './sum.ts'

/** Row by row and indicator by indicator: counted and estimated of each grade, as texts, since they may be larger than a JSON number. */
export type KeptAnswer = Readonly<Record<string, Readonly<Record<string, string>>>>

const TOTAL = 'total'

export interface Compared {
  /** `total`, or the kind and id of a row. */
  readonly row: string
  readonly indicator: string
  readonly kept: string
  readonly found: string
}

/** A snapshot beside its question asked again: as of its moment, and now. */
export interface Reproduced {
  /** As it was asked then. */
  readonly figures: Figures
  /** Where the same moment gives another number today: a fault, or a tree that was mended since. Empty when it is made again to the unit. */
  readonly unlike: readonly Compared[]
  /** What has been amended, accepted or taken back since. */
  readonly changed: readonly Compared[]
}

/** Makes a snapshot again from the facts. */
export async function reproduce(db: Db, { question, asOf, answer }: Snapshot): Promise<Reproduced> {
  const asked = questionOf(question as Asked) // as `takeSnapshot` kept it
  const then = await figures(db, { ...asked, asOf })
  const now = await figures(db, { ...asked, asOf: null })
  return { figures: then, unlike: compare(answer, keptOf(then)), changed: compare(answer, keptOf(now)) }
}

/** An answer as it is kept. */
export function keptOf({ rows, total }: Figures): KeptAnswer {
  return Object.fromEntries([[TOTAL, numbersOf(total)], ...rows.map((row) => [keyOf(row), numbersOf(row.cells)])])
}

function numbersOf(cells: Cells): Record<string, string> {
  return Object.fromEntries(
    [...cells].map(([indicator, { byGrade }]) => [
      indicator,
      GRADES.map((grade) => `${byGrade[grade].counted}+${byGrade[grade].estimated}`).join(' '),
    ]),
  )
}

function compare(kept: KeptAnswer, found: KeptAnswer): Compared[] {
  const differences: Compared[] = []
  for (const row of new Set([...Object.keys(kept), ...Object.keys(found)])) {
    const [before, after] = [kept[row] ?? {}, found[row] ?? {}]
    for (const indicator of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const [was, is] = [before[indicator] ?? NOTHING, after[indicator] ?? NOTHING]
      if (was !== is) differences.push({ row, indicator, kept: was, found: is })
    }
  }
  return differences
}

const NOTHING = GRADES.map(() => '0+0').join(' ')

/** The sum of a number as it is kept: `counted` and `estimated` over the grades. */
export function readKept(kept: string): { readonly counted: bigint; readonly estimated: bigint } {
  const pairs = kept.split(' ').map((pair) => pair.split('+').map(BigInt))
  const sum = (at: 0 | 1) => pairs.reduce((all, pair) => all + (pair[at] ?? 0n), 0n)
  return { counted: sum(0), estimated: sum(1) }
}
