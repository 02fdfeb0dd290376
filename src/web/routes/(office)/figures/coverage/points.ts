import type { CoverageRow } from '#core/figure/index.ts'

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

const WIDTH = 400
const EDGE = 10
/** Kilometres of a degree of latitude. */
const KM_A_DEGREE = 111.2

/** Communes laid flat by their known points; a degree of longitude is shorter the further from the equator. */
export function pointsOf(rows: readonly CoverageRow[], gap: string | null): Points | null {
  const known = rows.flatMap(({ code, name, latitude, longitude, areaKm2, gaps }) => {
    if (latitude === null || longitude === null) return []
    return [{ code, name, latitude, longitude, areaKm2, gap: gap === null ? gaps.length > 0 : gaps.includes(gap) }]
  })
  if (known.length < 2) return null
  const [south, north] = [Math.min(...known.map((one) => one.latitude)), Math.max(...known.map((one) => one.latitude))]
  const [west, east] = [Math.min(...known.map((one) => one.longitude)), Math.max(...known.map((one) => one.longitude))]
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = (WIDTH - 2 * EDGE) / Math.max((east - west) * narrow, 0.01)
  const round = (value: number) => Math.round(value * 10) / 10
  return {
    width: WIDTH,
    height: round((north - south) * scale + 2 * EDGE),
    points: known.map(({ code, name, latitude, longitude, areaKm2, gap: lacks }) => ({
      code,
      name,
      x: round((longitude - west) * narrow * scale + EDGE),
      y: round((north - latitude) * scale + EDGE),
      reach: areaKm2 === null ? 0 : round((Math.sqrt(areaKm2 / Math.PI) / KM_A_DEGREE) * scale),
      gap: lacks,
    })),
    unknown: rows.length - known.length,
  }
}
