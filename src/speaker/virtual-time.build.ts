interface Due {
  readonly atMs: number
  readonly order: number
  call: (() => void) | null
}

/** Time that goes on only from one thing that is due to the next: days of many devices in seconds. For tests. */
export class VirtualTime {
  #nowMs: number
  #order = 0
  readonly #heap: Due[] = []

  constructor(nowMs: number) {
    this.#nowMs = nowMs
  }

  get nowMs(): number {
    return this.#nowMs
  }

  after(ms: number, call: () => void): () => void {
    const due: Due = { atMs: this.#nowMs + Math.max(0, ms), order: this.#order++, call }
    this.#heap.push(due)
    this.#up(this.#heap.length - 1)
    return () => {
      due.call = null
    }
  }

  /** Does all that is due until then. */
  runUntil(ms: number): void {
    for (let due = this.#heap[0]; due && due.atMs <= ms; due = this.#heap[0]) {
      this.#pop()
      this.#nowMs = due.atMs
      due.call?.()
    }
    this.#nowMs = ms
  }

  #pop(): void {
    const last = this.#heap.pop()
    if (!last || this.#heap.length === 0) return
    this.#heap[0] = last
    let at = 0
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      let least = at
      if (this.#isBefore(left, least)) least = left
      if (this.#isBefore(right, least)) least = right
      if (least === at) return
      this.#swap(at, least)
      at = least
    }
  }

  #up(from: number): void {
    for (let at = from; at > 0;) {
      const above = (at - 1) >> 1
      if (!this.#isBefore(at, above)) return
      this.#swap(at, above)
      at = above
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]]
    return a !== undefined && b !== undefined && (a.atMs - b.atMs || a.order - b.order) < 0
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#heap[one], this.#heap[other]]
    if (a && b) [this.#heap[one], this.#heap[other]] = [b, a]
  }
}
