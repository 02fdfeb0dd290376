import { GRADES, type Grade } from '../evidence/index.ts'

/** What was counted and what was guessed: two numbers, never one. */
export interface Pair {
  readonly counted: bigint
  readonly estimated: bigint
}

/** A figure with how sure it is: its grades add up to it. */
export interface Sum extends Pair {
  readonly byGrade: Readonly<Record<Grade, Pair>>
}

const NOTHING: Pair = { counted: 0n, estimated: 0n }
export const NO_SUM: Sum = {
  ...NOTHING,
  byGrade: { machine: NOTHING, documented: NOTHING, declared: NOTHING },
}

/** One number that a figure is made of. */
export interface SumPart {
  readonly grade: Grade
  readonly estimated: boolean
  readonly value: bigint
}

/** Numbers as a figure, made at once: an answer about a country has a hundred thousand of them. */
export function sumOfParts(parts: readonly SumPart[]): Sum {
  const byGrade = { ...NO_SUM.byGrade }
  let { counted, estimated } = NOTHING
  for (const part of parts) {
    const before = byGrade[part.grade]
    if (part.estimated) {
      byGrade[part.grade] = { counted: before.counted, estimated: before.estimated + part.value }
      estimated += part.value
    } else {
      byGrade[part.grade] = { counted: before.counted + part.value, estimated: before.estimated }
      counted += part.value
    }
  }
  return { counted, estimated, byGrade }
}

/** One number as a figure. */
export function sumOf(grade: Grade, estimated: boolean, value: bigint): Sum {
  return sumOfParts([{ grade, estimated, value }])
}

export function add(one: Sum, other: Sum): Sum {
  return combine(one, other, (left, right) => left + right)
}

export function subtract(one: Sum, other: Sum): Sum {
  return combine(one, other, (left, right) => left - right)
}

export function isNothing({ byGrade }: Sum): boolean {
  return GRADES.every((grade) => byGrade[grade].counted === 0n && byGrade[grade].estimated === 0n)
}

export function sameSum(one: Sum, other: Sum): boolean {
  return isNothing(subtract(one, other))
}

function combine(one: Sum, other: Sum, by: (left: bigint, right: bigint) => bigint): Sum {
  const pair = (left: Pair, right: Pair): Pair => ({
    counted: by(left.counted, right.counted),
    estimated: by(left.estimated, right.estimated),
  })
  const { machine, documented, declared } = one.byGrade
  const byGrade = {
    machine: pair(machine, other.byGrade.machine),
    documented: pair(documented, other.byGrade.documented),
    declared: pair(declared, other.byGrade.declared),
  }
  return { ...pair(one, other), byGrade }
}

/** Figures by the code of their indicator; one that is missing is nothing. */
export type Cells = ReadonlyMap<string, Sum>

/** The sum of many, indicator by indicator. */
export function addCells(all: Iterable<Cells>): Cells {
  const total = new Map<string, Sum>()
  for (const cells of all) {
    for (const [indicator, sum] of cells) total.set(indicator, add(total.get(indicator) ?? NO_SUM, sum))
  }
  return total
}

/** Without the figures that come to nothing; the very same where there are none. */
export function something(cells: Cells): Cells {
  const told = [...cells].filter(([, sum]) => !isNothing(sum))
  return told.length === cells.size ? cells : new Map(told)
}

export function negative(cells: Cells): Cells {
  return new Map([...cells].map(([indicator, sum]) => [indicator, subtract(NO_SUM, sum)]))
}
