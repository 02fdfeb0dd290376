/**
 * Figure (số liệu): an indicator summed over the facts of activities and of the ledger, told apart by place, body, theme,
 * channel, audience, language, period, grade or acceptance, as of a moment and on the map of a day. Live: every figure is
 * the sum of what it opens into.
 */
export { coverageOf, type Coverage, type CoverageQuestion, type CoverageRow } from './coverage.ts'
export { COVERED_BY, type CoveredBy } from './coverage.store.ts'
export { type FactKey, type FactLine } from './fact-list.store.ts'
export { keyOf, type FigureRow, type Figures } from './figure-row.ts'
export { figures } from './figures.ts'
export { factsCounted } from './opened-facts.ts'
export { holdFacts } from './held/hold-facts.ts'
export { keepPublicFigures, keepRegime, linkTarget } from './keep-figures.ts'
export { publicFigures, regimes, type PublicFigures, type Regime } from './keeping.store.ts'
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
export { readKept, reproduce, type Compared, type Reproduced } from './snapshot.ts'
export { snapshotById, snapshots, type Snapshot } from './snapshot.store.ts'
export { addCells, isNothing, NO_SUM, sameSum, type Cells, type Pair, type Sum } from './sum.ts'
export { takeSnapshot } from './take-snapshot.ts'
export { percentOf, targetResults, type TargetResult } from './targets.ts'
export { type TreeMap, type TreeNode } from './tree-map.ts'
