import { randomBytes } from 'node:crypto'
import type { Id } from '../kernel/index.ts'

export const WEBHOOK_EVENTS = ['release.published', 'release.corrected', 'release.withdrawn'] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

/** How long the old secret still signs beside a new one, so that a receiver can change it in peace. */
export const OVERLAP_DAYS = 7
/** Of an answer this much is kept. */
export const ANSWER_BYTES = 500
const SECRET_BYTES = 32

/** By which a receiver checks that we sent (khóa ký). */
export interface WebhookSecret {
  readonly id: Id<'webhook_secret'>
  readonly outletId: Id<'outlet'>
  readonly sealed: string
  readonly madeAt: Date
  /** From when it signs no more; null: it is the newest. */
  readonly endsAt: Date | null
}

/** One call and what came of it (lần gọi). */
export interface WebhookAttempt {
  readonly outletId: Id<'outlet'>
  readonly releaseId: Id<'release'>
  readonly deliveryId: Id<'delivery'>
  readonly at: Date
  readonly event: WebhookEvent
  /** The status of HTTP; null where no answer came. */
  readonly status: number | null
  readonly tookMs: number
  /** Of what was sent. */
  readonly bytes: number
  readonly outcome: 'delivered' | 'refused' | 'postponed'
  /** Worded under `delivery_detail_<code>`. */
  readonly reason: string
  /** The first bytes of the answer, as text. */
  readonly answer: string
}

/** A secret as Standard Webhooks writes them (standard-webhooks specification, "Signature scheme"): 24 to 64 bytes behind `whsec_`. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
}

export function aboutSecret(id: Id<'webhook_secret'>): string {
  return `webhook_secret:${id}`
}
