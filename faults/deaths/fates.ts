import type { Random } from '../random.ts'
import type { Ending } from './fate.ts'
import type { Fates } from './story.ts'

export interface Deaths extends Fates {
  readonly count: () => number
  /** Pieces of work through every one of whose fault points a death has gone, with how many points the longest had. */
  readonly swept: () => ReadonlyMap<string, number>
}

/**
 * Every other life dies at the point after the one at which the life of its piece before it died: so each statement and
 * each call is once the last, until one life comes through and it begins anew. The lives between die by chance.
 */
export function deathsBy(random: Random, most: number): Deaths {
  let count = 0
  const next = new Map<string, number>()
  const swept = new Map<string, number>()
  const planned = new Map<string, boolean>()
  return {
    count: () => count,
    swept: () => swept,
    ending(piece): Ending {
      if (count >= most) return null
      const inTurn = random.chance(0.5)
      planned.set(piece, inTurn)
      return inTurn ? { atPoint: next.get(piece) ?? 1 } : { by: random, chance: 0.08 }
    },
    ended(piece, died, moved) {
      if (died) count += 1
      if (!planned.get(piece)) return
      const point = next.get(piece) ?? 1
      if (died) next.set(piece, point + 1)
      else if (moved > 0) {
        next.set(piece, 1)
        swept.set(piece, Math.max(swept.get(piece) ?? 0, point - 1))
      }
    },
  }
}
