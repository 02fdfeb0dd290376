interface Located {
  readonly latitude: number | null
  readonly longitude: number | null
}

/** Things on a small flat map without borders, in units of its own. */
export interface FlatMap<One> {
  readonly width: number
  readonly height: number
  readonly points: readonly { readonly of: One; readonly x: number; readonly y: number }[]
  /** How many have no known point: they stand in the table alone. */
  readonly unknown: number
  /** Kilometres in units of this map. */
  unitsOf(km: number): number
}

const WIDTH = 400
const EDGE = 10
/** Kilometres of a degree of latitude. */
const KM_A_DEGREE = 111.2
const round = (value: number) => Math.round(value * 10) / 10

/** Lays known points flat; a degree of longitude is shorter the further from the equator. Null for fewer than two. */
export function layFlat<One extends Located>(all: readonly One[]): FlatMap<One> | null {
  const known = all.flatMap((of) =>
    of.latitude === null || of.longitude === null ? [] : [{ of, latitude: of.latitude, longitude: of.longitude }],
  )
  if (known.length < 2) return null
  const [south, north] = [Math.min(...known.map((one) => one.latitude)), Math.max(...known.map((one) => one.latitude))]
  const [west, east] = [Math.min(...known.map((one) => one.longitude)), Math.max(...known.map((one) => one.longitude))]
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = (WIDTH - 2 * EDGE) / Math.max((east - west) * narrow, 0.01)
  return {
    width: WIDTH,
    height: round((north - south) * scale + 2 * EDGE),
    points: known.map(({ of, latitude, longitude }) => ({
      of,
      x: round((longitude - west) * narrow * scale + EDGE),
      y: round((north - latitude) * scale + EDGE),
    })),
    unknown: all.length - known.length,
    unitsOf: (km) => round((km / KM_A_DEGREE) * scale),
  }
}
