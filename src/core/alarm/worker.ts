import type { Id } from '../kernel/index.ts'

export const WORKS = ['jobs', 'ledger'] as const
/** What a worker may work: background jobs, and the rows of the ledger. */
export type Work = (typeof WORKS)[number]

/** Seconds from one heartbeat of a worker to the next. */
export const BEAT_SECONDS = 5
/** A worker not heard of for so long is taken for dead: six heartbeats, so that one slow statement kills nobody. */
export const ALIVE_SECONDS = 30

/** A process that works jobs or the ledger (tiến trình gửi). */
export interface Worker {
  readonly id: Id<'worker'>
  readonly host: string
  readonly pid: number
  readonly works: readonly Work[]
  readonly startedAt: Date
  /** By the clock of the database, as `startedAt`. */
  readonly seenAt: Date
}
