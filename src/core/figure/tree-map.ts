import type { Day } from '../kernel/index.ts'

/** A place or a body as a tree draws it, with its lifetime (both days included, null is open). */
export interface TreeNode {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly level: string
  readonly parentId: string | null
  readonly aliveFrom: Day | null
  readonly aliveTo: Day | null
}

/** Everything that ever was, and what became of it. */
export interface Lineage {
  readonly nodes: readonly TreeNode[]
  readonly successions: readonly { readonly fromId: string; readonly toId: string }[]
}

/**
 * Where something counts on a map. `whole`: at a node that stands on it. `divided`: its successors, or what it was made
 * from, are several there, and nobody knows the shares: it counts at the lowest node over all of them, on a line of its
 * own. `ended`: nothing is known to have followed, and it counts at what it hung under. A node of null: above all.
 */
export interface Placed {
  readonly at: string | null
  readonly kind: 'whole' | 'divided' | 'ended'
}

export interface TreeMap {
  readonly day: Day
  /** Of all times. */
  readonly ids: readonly string[]
  node(id: string): TreeNode | null
  placed(id: string): Placed
  /** Whether anything ever hung under it. */
  hasBelow(id: string): boolean
  /** From the root down to the node itself, all standing on this map. */
  pathTo(at: string | null): readonly string[]
}

const NOWHERE: Placed = { at: null, kind: 'ended' }

/** The tree as it stood on a day, and where on it everything counts that ever was: no number is moved, lost or guessed. */
export function mapOn(lineage: Lineage, day: Day): TreeMap {
  const nodes = new Map(lineage.nodes.map((node) => [node.id, node]))
  const heirs = Map.groupBy(lineage.successions, ({ fromId }) => fromId)
  const forebears = Map.groupBy(lineage.successions, ({ toId }) => toId)
  const parents = new Set(lineage.nodes.map(({ parentId }) => parentId))
  const places = new Map<string, Placed>()
  const paths = new Map<string, readonly string[]>()

  function placed(id: string): Placed {
    const known = places.get(id) ?? place(nodes.get(id))
    places.set(id, known)
    return known
  }

  function place(node: TreeNode | undefined): Placed {
    if (!node) return NOWHERE
    if (stands(node, day)) return { at: node.id, kind: 'whole' }
    const became = standingFor(node)
    if (became.length === 1) return { at: became[0] ?? null, kind: 'whole' }
    if (became.length > 1) return { at: lowestOver(became), kind: 'divided' }
    return { at: parentOf(node), kind: 'ended' }
  }

  /** Of what has ended, those who followed it; of what was not yet there, what it was made from. */
  function standingFor(node: TreeNode, seen = new Set<string>()): string[] {
    if (seen.has(node.id)) return []
    seen.add(node.id)
    const gone = node.aliveTo !== null && node.aliveTo < day
    const next = gone
      ? heirs.get(node.id)?.map(({ toId }) => toId)
      : forebears.get(node.id)?.map(({ fromId }) => fromId)
    const standing = (next ?? []).flatMap((id) => {
      const one = nodes.get(id)
      if (!one) return []
      return stands(one, day) ? [id] : standingFor(one, seen)
    })
    return [...new Set(standing)]
  }

  /** What a node hangs under on this map: its parent, what alone stands for that, or the next above. */
  function parentOf(node: TreeNode): string | null {
    const seen = new Set<string>()
    for (let id = node.parentId; id !== null && !seen.has(id);) {
      seen.add(id)
      const parent = nodes.get(id)
      if (!parent || stands(parent, day)) return parent?.id ?? null
      const [one, ...others] = standingFor(parent)
      if (one !== undefined && one !== node.id && others.length === 0) return one
      id = parent.parentId
    }
    return null
  }

  function pathTo(at: string | null): readonly string[] {
    const node = at === null ? undefined : nodes.get(at)
    if (!node) return []
    const known = paths.get(node.id)
    if (known) return known
    paths.set(node.id, [node.id]) // a circle of parents is cut where it closes
    const above = pathTo(parentOf(node))
    const path = above.includes(node.id) ? [node.id] : [...above, node.id]
    paths.set(node.id, path)
    return path
  }

  function lowestOver(ids: readonly string[]): string | null {
    const [first = [], ...rest] = ids.map(pathTo)
    const shared = first.findLastIndex((id, depth) => rest.every((path) => path[depth] === id))
    return first[shared] ?? null
  }

  return {
    day,
    ids: [...nodes.keys()],
    node: (id) => nodes.get(id) ?? null,
    placed,
    hasBelow: (id) => parents.has(id),
    pathTo,
  }
}

function stands({ aliveFrom, aliveTo }: TreeNode, day: Day): boolean {
  return (aliveFrom === null || aliveFrom <= day) && (aliveTo === null || day <= aliveTo)
}
