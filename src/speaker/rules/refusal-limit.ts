/** A flood of forgeries must not fill the log: so many refusals are written, the others counted. */
const BURST = 10
const EVERY_MS = 3 * 60_000

/** Says which refusals are written one by one, and how many were not. */
export class RefusalLimit {
  #allowed = BURST
  #sinceMs: number | null = null
  #uncounted = 0

  /** Whether this one is written; else it is counted. */
  allows(monoMs: number): boolean {
    this.#refill(monoMs)
    if (this.#allowed >= 1 && this.#uncounted === 0) {
      this.#allowed -= 1
      return true
    }
    this.#uncounted += 1
    return false
  }

  /** How many were only counted, once they may be written as one; else 0. */
  due(monoMs: number): number {
    this.#refill(monoMs)
    if (this.#uncounted === 0 || this.#allowed < 1) return 0
    const count = this.#uncounted
    this.#uncounted = 0
    this.#allowed -= 1
    return count
  }

  #refill(monoMs: number): void {
    const sinceMs = this.#sinceMs ?? monoMs
    this.#allowed = Math.min(BURST, this.#allowed + (monoMs - sinceMs) / EVERY_MS)
    this.#sinceMs = monoMs
  }
}
