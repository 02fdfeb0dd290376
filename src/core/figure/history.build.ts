import fc from 'fast-check'
import { ACCEPTANCES, GRADES, type Grade } from '../evidence/index.ts'
import { addDays, newId, type Day } from '../kernel/index.ts'
import { sumOf, type Sum } from './sum.ts'
import { addCells, type Cells } from './sum.ts'
import type { Lineage, TreeNode } from './tree-map.ts'

/** One number that counted from a step to a step of a history. */
export interface HistoryFact {
  readonly factId: string
  readonly place: string
  readonly indicator: string
  readonly value: number
  readonly grade: Grade
  readonly estimated: boolean
  readonly acceptance: number
  readonly day: Day
  readonly since: number
  /** Infinity while it counts. */
  readonly until: number
}

/** Places that were split, merged and ended while numbers were reported, amended, accepted and taken back. */
export interface History {
  readonly lineage: Lineage
  readonly facts: readonly HistoryFact[]
  readonly root: string
  readonly steps: number
  readonly lastDay: Day
}

const FIRST_DAY = '2025-01-01'
const DAYS_A_STEP = 9
export const INDICATORS = ['sessions', 'leaflets'] as const

const pick = fc.nat(1_000)
const Step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('merge' as const), one: pick, other: pick }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('split' as const), one: pick, parts: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), one: pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('join_provinces' as const), one: pick, other: pick }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      place: pick,
      indicator: fc.constantFrom(...INDICATORS),
      value: fc.oneof(fc.nat(500), fc.constant(9_007_199_254_740_991)),
      grade: fc.constantFrom(...GRADES),
      estimated: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('amend' as const), fact: pick, value: fc.nat(500) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('accept' as const), fact: pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), fact: pick }) },
)
type Step = typeof Step extends fc.Arbitrary<infer One> ? One : never

/** Any history of up to `most` steps on a small country. */
export function histories(most: number): fc.Arbitrary<History> {
  return fc.array(Step, { minLength: 1, maxLength: most }).map(lived)
}

function lived(steps: readonly Step[]): History {
  const nodes: TreeNode[] = []
  const successions: { fromId: string; toId: string }[] = []
  const facts: HistoryFact[] = []
  let today = FIRST_DAY
  const born = (level: string, parentId: string | null, aliveFrom: Day | null) => {
    const id = newId<'place'>()
    nodes.push({ id, code: `H-${id}`, name: `${level} ${nodes.length}`, level, parentId, aliveFrom, aliveTo: null })
    return id
  }
  const ends = (id: string, heirs: readonly string[]) => {
    const at = nodes.findIndex((node) => node.id === id)
    nodes[at] = { ...nodes[at]!, aliveTo: addDays(today, -1) }
    successions.push(...heirs.map((toId) => ({ fromId: id, toId })))
  }
  const living = (level: string) => nodes.filter((node) => node.level === level && node.aliveTo === null)
  const oneOf = <One>(all: readonly One[], at: number) => all[at % Math.max(1, all.length)]
  const changes = (at: number, step: number, change: Partial<HistoryFact> | null) => {
    const open = facts.filter(({ until }) => until === Infinity)
    const fact = oneOf(open, at)
    if (!fact) return
    facts[facts.indexOf(fact)] = { ...fact, until: step }
    if (change) facts.push({ ...fact, ...change, since: step })
  }
  const root = born('national', null, null)
  for (const province of [born('province', root, null), born('province', root, null)]) {
    for (let at = 0; at < 3; at++) born('commune', province, null)
  }
  steps.forEach((step, at) => {
    today = addDays(today, DAYS_A_STEP)
    if (step.kind === 'report') {
      const { indicator, value, grade, estimated } = step
      const place = oneOf(nodes, step.place)!.id
      const fact = { indicator, value, grade, estimated, acceptance: 0, day: today, since: at, until: Infinity }
      facts.push({ factId: newId(), place, ...fact })
    } else if (step.kind === 'amend') changes(step.fact, at, { value: step.value })
    else if (step.kind === 'accept') changes(step.fact, at, { acceptance: ACCEPTANCES.length - 1 })
    else if (step.kind === 'withdraw') changes(step.fact, at, null)
    else if (step.kind === 'merge' || step.kind === 'join_provinces') {
      const level = step.kind === 'merge' ? 'commune' : 'province'
      const [one, other] = [oneOf(living(level), step.one), oneOf(living(level), step.other)]
      if (!one || !other || one === other) return
      const heir = born(level, one.parentId, today)
      ends(one.id, [heir])
      ends(other.id, [heir])
    } else {
      const one = oneOf(living('commune'), step.one)
      if (!one) return
      const parts = step.kind === 'split' ? step.parts : 0
      ends(
        one.id,
        Array.from({ length: parts }, () => born('commune', one.parentId, today)),
      )
    }
  })
  return { lineage: { nodes, successions }, facts, root, steps: steps.length, lastDay: today }
}

/** What counted at a step, as whoever keeps a book of it would add it up. */
export function countedAt({ facts }: History, step: number): HistoryFact[] {
  return facts.filter(({ since, until }) => since <= step && step < until)
}

export function cellsOf(facts: readonly HistoryFact[]): Cells {
  return addCells(
    facts.map(({ indicator, grade, estimated, value }): Cells => {
      return new Map<string, Sum>([[indicator, sumOf(grade, estimated, BigInt(value))]])
    }),
  )
}
