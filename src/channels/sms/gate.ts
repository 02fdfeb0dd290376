/** Rows of one claim of the ledger, and whether it is about to lapse: then what has not begun begins no more. */
export interface Lapse {
  lapsed(): boolean
  /** Calls when it lapses; answers how to let go. */
  when(lapses: () => void): () => void
}

/** One listener for all rows of a claim: an `AbortSignal` warns from the eleventh on. */
export function lapseOf(signal: AbortSignal): Lapse {
  const heard = new Set<() => void>()
  signal.addEventListener('abort', () => heard.forEach((lapses) => lapses()), { once: true })
  return {
    lapsed: () => signal.aborted,
    when(lapses) {
      heard.add(lapses)
      return () => heard.delete(lapses)
    },
  }
}

/** Lets so many in at once, and so many a second. */
export interface Gate {
  /** Waits for a place, in the order of coming; false when the claim lapsed first. Whoever is let in must `leave`. */
  enter(lapse: Lapse): Promise<boolean>
  leave(): void
}

/** A tenth of a second's worth may go at once: a centre that allows 100 a second counts by the second. */
const BURST_SECONDS = 0.1

export function openGate(width: number, perSecond: number): Gate {
  const waiting: { readonly lapse: Lapse; readonly letIn: (may: boolean) => void }[] = []
  const burst = Math.max(1, perSecond * BURST_SECONDS)
  let inside = 0
  let tokens = burst
  let filledAt = performance.now()
  let waker: NodeJS.Timeout | null = null

  function fill(): void {
    const now = performance.now()
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1_000) * perSecond)
    filledAt = now
  }
  function letSomeIn(): void {
    fill()
    while (waiting.length > 0 && inside < width && tokens >= 1) {
      const next = waiting.shift()
      if (!next) return
      const may = !next.lapse.lapsed()
      if (may) {
        inside += 1
        tokens -= 1
      }
      next.letIn(may)
    }
    if (waiting.length > 0 && inside < width) wakeLater()
  }
  function wakeLater(): void {
    waker ??= setTimeout(
      () => {
        waker = null
        letSomeIn()
      },
      Math.max(1, ((1 - tokens) / perSecond) * 1_000),
    )
  }
  function turnAway(): void {
    for (let at = waiting.length - 1; at >= 0; at -= 1) {
      const one = waiting[at]
      if (!one?.lapse.lapsed()) continue
      waiting.splice(at, 1)
      one.letIn(false)
    }
  }
  return {
    enter(lapse) {
      return new Promise((resolve) => {
        const letGo = lapse.when(turnAway)
        waiting.push({
          lapse,
          letIn(may) {
            letGo()
            resolve(may)
          },
        })
        letSomeIn()
      })
    },
    leave() {
      inside -= 1
      letSomeIn()
    },
  }
}
