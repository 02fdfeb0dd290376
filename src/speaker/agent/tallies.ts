/** What was shown of one showing and is not yet written. */
export interface Tally {
  readonly fromMs: number
  readonly untilMs: number
  readonly turns: number
  readonly seconds: number
}

/** A showing that comes by each few seconds must not fill the log: the first turn is written at once, of the others sums. */
const GATHERED_MS = 5 * 60_000

/** Gathers turns of showings. What is gathered when the power goes is lost: nothing is said to be shown that was not. */
export class Tallies {
  readonly #write: (showingId: string, tally: Tally) => void
  readonly #open = new Map<string, Tally>()
  readonly #told = new Set<string>()

  constructor(write: (showingId: string, tally: Tally) => void) {
    this.#write = write
  }

  add(showingId: string, turn: Tally): void {
    const before = this.#open.get(showingId)
    this.#open.set(showingId, {
      fromMs: before?.fromMs ?? turn.fromMs,
      untilMs: turn.untilMs,
      turns: (before?.turns ?? 0) + turn.turns,
      seconds: (before?.seconds ?? 0) + turn.seconds,
    })
    if (!this.#told.has(showingId) && turn.turns > 0) this.#close(showingId)
  }

  /** Writes what was gathered for long enough; answers when the next is due, null where nothing is open. */
  closeOld(nowMs: number): number | null {
    for (const [id, { fromMs }] of [...this.#open]) if (nowMs - fromMs >= GATHERED_MS) this.#close(id)
    const first = Math.min(...[...this.#open.values()].map(({ fromMs }) => fromMs))
    return Number.isFinite(first) ? first + GATHERED_MS : null
  }

  closeAll(): void {
    for (const id of [...this.#open.keys()]) this.#close(id)
  }

  #close(showingId: string): void {
    const tally = this.#open.get(showingId)
    if (!tally) return
    this.#open.delete(showingId)
    this.#told.add(showingId)
    this.#write(showingId, tally)
  }

  /** Writes what was shown of all that stands no longer, and forgets it. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of [...this.#open.keys()]) if (!ids.has(id)) this.#close(id)
    for (const id of this.#told) if (!ids.has(id)) this.#told.delete(id)
  }
}
