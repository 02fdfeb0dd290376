/** What came in at the receiving side, counted there by the key of each delivery: never in our own tables. */
export interface Call {
  /** The delivery. */
  readonly key: string
  readonly channel: string
  /** The end it is for: an outlet, or a subscriber behind one. */
  readonly end: string
  readonly kind: string
}

export interface Taken extends Call {
  /** How often it was taken. */
  times: number
  /** The receiver itself says later that it came to nothing, as a telephone that stays switched off. */
  failed: boolean
}

/** The machines at the other end, all of them together. */
export class Receiver {
  readonly taken = new Map<string, Taken>()

  take(call: Call): void {
    const known = this.taken.get(call.key)
    if (known) known.times += 1
    else this.taken.set(call.key, { ...call, times: 1, failed: false })
  }

  fail(key: string): void {
    const known = this.taken.get(key)
    if (known) known.failed = true
  }

  has(key: string): boolean {
    return this.taken.has(key)
  }

  timesOf(key: string): number {
    return this.taken.get(key)?.times ?? 0
  }
}
