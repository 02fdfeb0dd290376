import type { Question } from './question.ts'
import type { TreeRow } from './roll-up.ts'
import type { Cells } from './sum.ts'
import type { TreeMap } from './tree-map.ts'

/** A row of an answer: of a tree, or of one value of a dimension; `key` is '' where the facts say nothing. */
export type FigureRow = TreeRow | { readonly kind: 'value'; readonly id: string; readonly cells: Cells }

/** What was asked and what came of it: the rows add up to the total, indicator by indicator, grade by grade. */
export interface Figures {
  readonly question: Question
  readonly rows: readonly FigureRow[]
  readonly total: Cells
  /** The tree that the rows are of, drawn as of `mapDay`; null where they are of none. */
  readonly tree: TreeMap | null
}

export function keyOf({ kind, id }: Pick<FigureRow, 'kind' | 'id'>): string {
  return `${kind}:${id ?? ''}`
}
