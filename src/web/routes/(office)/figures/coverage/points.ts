import type { CoverageRow } from '#core/figure/index.ts'
import { layFlat } from '#web/lib/lay-flat.ts'

/** A commune as a point of a small map, in units of its own. */
export interface Point {
  readonly code: string
  readonly name: string
  readonly x: number
  readonly y: number
  /** Radius of a circle as large as the commune; 0 where nobody knows how large that is. */
  readonly reach: number
  /** Whether something that should be heard there was not. */
  readonly gap: boolean
}

export interface Points {
  readonly width: number
  readonly height: number
  readonly points: readonly Point[]
  /** Communes whose point nobody knows: they stand in the table alone. */
  readonly unknown: number
}

/** Communes laid flat by their known points, each with a circle as large as it is. */
export function pointsOf(rows: readonly CoverageRow[], gap: string | null): Points | null {
  const flat = layFlat(rows)
  if (!flat) return null
  return {
    width: flat.width,
    height: flat.height,
    points: flat.points.map(({ of: { code, name, areaKm2, gaps }, x, y }) => ({
      code,
      name,
      x,
      y,
      reach: areaKm2 === null ? 0 : flat.unitsOf(Math.sqrt(areaKm2 / Math.PI)),
      gap: gap === null ? gaps.length > 0 : gaps.includes(gap),
    })),
    unknown: flat.unknown,
  }
}
