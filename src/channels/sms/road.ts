import type { Id } from '../../core/kernel/index.ts'
import type { Answer, Asking, Outcome, Receipt } from '../../core/release/index.ts'

/** One text for one phone, as it is to arrive. */
export interface SmsText {
  readonly deliveryId: Id<'delivery'>
  /** Digits of E.164 without `+`: `84912345678`. */
  readonly to: string
  readonly text: string
  readonly expiresAt: Date | null
}

/** An open gateway: takes texts, looks them up, tells what comes back. */
export interface Road {
  /** One outcome a text, in their order; any number of calls at once share the window of the gateway. */
  send(texts: readonly SmsText[], signal: AbortSignal): Promise<readonly Outcome[]>
  /** What the gateway knows of one that nobody knows of. */
  ask(asking: Asking): Promise<Answer>
  /** Waits for what is under way, then lets go. */
  close(): Promise<void>
}

/** What a road needs of its surroundings. */
export interface Surroundings {
  now(): Date
  /** Keeps receipts for good; only then they are confirmed to the gateway. */
  noteReceipts(receipts: readonly Receipt[]): Promise<void>
  /** A phone said that it wants no more. Answers whether it had anything to end. */
  endFor(phone: string): Promise<boolean>
}
