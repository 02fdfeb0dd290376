/** Chance that can be played again: the same seed gives the same numbers. */
export interface Random {
  /** From 0 up to but not including 1. */
  (): number
  /** A whole number from 0 up to but not including `n`. */
  below(n: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  shuffled<T>(list: readonly T[]): T[]
}

/** Mulberry32 by Tommy Ettinger (public domain): 32 bits of state, enough to shuffle faults. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  return Object.assign(next, {
    below,
    chance: (probability: number) => next() < probability,
    pick<T>(list: readonly T[]): T {
      const one = list[below(list.length)]
      if (one === undefined) throw new Error('nothing to pick from')
      return one
    },
    shuffled<T>(list: readonly T[]): T[] {
      const order = [...list]
      for (let at = order.length - 1; at > 0; at -= 1) {
        const other = below(at + 1)
        const [one, two] = [order[at], order[other]]
        // Both stand within the list.
        order[at] = two as T
        order[other] = one as T
      }
      return order
    },
  })
}
