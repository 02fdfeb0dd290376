import { addCells, type Cells } from './sum.ts'
import type { TreeMap } from './tree-map.ts'

/**
 * What a row of a tree is: a node below; what was noted at the top itself; or something of another day that is
 * divided over several nodes, or has ended without a successor, told on its own line.
 */
export interface TreeRow {
  readonly kind: 'below' | 'self' | 'divided' | 'ended'
  /** The node below, the top itself (null above all), or what is divided or has ended. */
  readonly id: string | null
  readonly cells: Cells
}

/** How much of a tree is meant: all within a node, only what counts at the node itself, or what was noted at it under its own name. */
export const REACHES = ['within', 'self', 'alone'] as const
export type Reach = (typeof REACHES)[number]

/** Which row each node counts in: `ids[n]` in `rows[at[n]]`. */
export interface Laid {
  readonly rows: readonly Omit<TreeRow, 'cells'>[]
  readonly ids: readonly string[]
  readonly at: readonly number[]
}

/** Lays nodes on the rows right below `top` (null: the roots), with what of `top` is meant. */
export function layOn(map: TreeMap, ids: Iterable<string>, top: string | null, reach: Reach = 'within'): Laid {
  const places = new Map<string, number>()
  const laid = { rows: [] as Omit<TreeRow, 'cells'>[], ids: [] as string[], at: [] as number[] }
  for (const id of ids) {
    const row = rowOf(map, id, top)
    if (!row || (reach === 'self' && row.kind !== 'self')) continue
    const key = `${row.kind}:${row.id}`
    const at = places.get(key) ?? laid.rows.push(row) - 1
    places.set(key, at)
    laid.ids.push(id)
    laid.at.push(at)
  }
  return laid
}

/** A tree that is kept drawn is asked of a few tops again and again; more than these are laid anew. */
const MOST_LAID = 64
const laidBefore = new WeakMap<TreeMap, Map<string, Laid>>()

/** Everything that a question means of a tree, laid on its rows; `alone` is laid where it counts, whatever lies around it. */
export function layAll(map: TreeMap, top: string | null, reach: Reach): Laid {
  if (reach === 'alone') return layOn(map, top === null ? [] : [top], null)
  const before = laidBefore.get(map) ?? new Map<string, Laid>()
  laidBefore.set(map, before)
  const key = `${reach} ${top ?? ''}`
  const laid = before.get(key) ?? layOn(map, map.ids, top, reach)
  if (before.size >= MOST_LAID) before.clear()
  before.set(key, laid)
  return laid
}

/** Rows right below `top` of what was noted at each node; they add up to all that lies within `top`. */
export function rollUp(map: TreeMap, noted: ReadonlyMap<string, Cells>, top: string | null): TreeRow[] {
  const { rows, ids, at } = layOn(map, noted.keys(), top)
  const parts = Map.groupBy(ids.keys(), (place) => at[place])
  return rows.map((row, place) => {
    const own = (parts.get(place) ?? []).flatMap((one) => noted.get(ids[one] ?? '') ?? [])
    return { ...row, cells: addCells(own) }
  })
}

/** In which row below `top` something counts; null when it lies outside. */
function rowOf(map: TreeMap, id: string, top: string | null): Omit<TreeRow, 'cells'> | null {
  const { at, kind } = map.placed(id)
  const path = map.pathTo(at)
  const depth = top === null ? 0 : path.indexOf(top) + 1
  if (top !== null && depth === 0) return null
  const below = path[depth]
  if (below !== undefined) return { kind: 'below', id: below }
  return kind === 'whole' ? { kind: 'self', id: top } : { kind, id }
}
