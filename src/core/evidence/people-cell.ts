import { fold } from '../kernel/index.ts'
import type { Breakdown, PeoplePart } from './catalogue.ts'

/** How many there were of one part of the people. */
export interface PartCount {
  readonly breakdown: Breakdown
  readonly part: string
  readonly value: number
}

/** A whole number as people write it: `1.200`, `1 200`, `1200`; null for what is none. */
export function countIn(cell: string): number | null {
  const plain = cell.trim().replace(/[.\s\u00a0](?=\d{3}(\D|$))/g, '')
  return /^\d{1,8}$/.test(plain) ? Number(plain) : null
}

/**
 * Parts of the people in one cell, each once, by name or code: `Mông 60; Dao 20; Dưới 16 tuổi 15`. Null where a piece
 * names no part, has no number or names one again.
 */
export function partsIn(cell: string, parts: readonly PeoplePart[]): PartCount[] | null {
  const found: PartCount[] = []
  for (const piece of cell.split(/[;\n]/).filter((one) => one.trim() !== '')) {
    // The shortest name before a number that reaches to the end: “Dưới 16 tuổi 15” is fifteen, “Kinh 1 200” are 1,200.
    const [, name = '', number = ''] = /^(.+?)[\s:=]+(\d[\d.\s]*)$/.exec(piece.trim()) ?? []
    const part = parts.find((one) => [fold(one.name), one.code].includes(fold(name)))
    const value = countIn(number)
    if (!part || value === null || found.some((one) => isOf(one, part))) return null
    found.push({ breakdown: part.breakdown, part: part.code, value })
  }
  return found
}

/** The most that the parts of one way of telling people apart come to: more than of the whole there cannot be. */
export function largestSum(counts: readonly PartCount[]): number {
  const sums = [...Map.groupBy(counts, ({ breakdown }) => breakdown).values()]
  return Math.max(0, ...sums.map((own) => own.reduce((sum, { value }) => sum + value, 0)))
}

function isOf({ breakdown, part }: PartCount, { breakdown: by, code }: PeoplePart): boolean {
  return breakdown === by && part === code
}
