import type { Day } from './day.ts'

/** One thing that waits for a person on their *today* page: one verb, one object, one date. */
export interface Waiting {
  /** Wording key of the sentence, as `task_waiting_accept`, and what it needs. */
  readonly wording: string
  readonly facts: Readonly<Record<string, string | number>>
  /** Path inside the office, as `/tasks/0198…`. */
  readonly path: string
  readonly due: Day | null
}
