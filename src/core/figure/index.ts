/**
 * Figure (số liệu): an indicator summed over the facts of activities and of the ledger, told apart by place, body, theme,
 * channel, audience, language, period, grade or acceptance, as of a moment and on the map of a day. Live: every figure is
 * the sum of what it opens into.
 */
export { type FactKey, type FactLine } from './fact-list.store.ts'
export { figures, type FigureRow, type Figures } from './figures.ts'
export { factsCounted } from './opened-facts.ts'
export { opensBelow, questionOfRow } from './opened.ts'
export {
  daysOf,
  PERIOD_KINDS,
  periodKey,
  periodOfKey,
  periodOn,
  periodsAYear,
  ROW_PERIODS,
  type Period,
  type PeriodKind,
  type RowPeriod,
} from './period.ts'
export {
  DIMENSIONS,
  isBreakdown,
  MACHINE_ACCEPTANCE,
  questionOf,
  QuestionSchema,
  type Asked,
  type Dimension,
  type Question,
} from './question.ts'
export { REACHES, type Reach, type TreeRow } from './roll-up.ts'
export { addCells, isNothing, NO_SUM, sameSum, type Cells, type Pair, type Sum } from './sum.ts'
export { type TreeMap, type TreeNode } from './tree-map.ts'
