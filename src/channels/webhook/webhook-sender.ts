import { asSystem, type Ctx } from '../../core/kernel/index.ts'
import { pauseOutlet } from '../../core/outlet/index.ts'
import type { Outcome, Sender, Sending } from '../../core/release/index.ts'
import { ANSWER_BYTES, insertAttempt, signingSecrets, type WebhookAttempt } from '../../core/webhook/index.ts'
import { GuardedFault, guardedRequest, type GuardedAnswer, type GuardedOptions } from '../../platform/http/index.ts'
import { GONE, outcomeOfFault, outcomeOfStatus } from './answer-status.ts'
import { eventOf, MOST_BYTES, payloadOf } from './payload.ts'
import { signatureHeaders } from './sign-webhook.ts'

/** Standard Webhooks asks receivers to answer within 15 to 30 seconds, and to work afterwards. */
const TIMEOUT_MS = 15_000
const RETRY_MS = 60_000
const AT_ONCE = 20

export interface WebhookOptions extends GuardedOptions {
  /** @defaultValue 15,000; shorter in tests. */
  readonly timeoutMs?: number
}

/** Tells other machines by signed calls. They know by `webhook-id`, which is the row's, what they have: twice is once. */
export function openWebhookSender(options: WebhookOptions): Sender {
  return {
    channel: 'webhook',
    repeatable: true,
    withdraws: true,
    redrives: true,
    batch: AT_ONCE,
    atOnce: 2,
    // Each for itself: one that is slow or wrong costs the others nothing but its own time.
    send: (ctx, rows, signal) => Promise.all(rows.map((row) => tell(ctx, row, signal, options))),
  }
}

async function tell(ctx: Ctx, row: Sending, signal: AbortSignal, options: WebhookOptions): Promise<Outcome> {
  const { outlet, kind, renditions } = row
  if (signal.aborted) return { kind: 'postponed', until: later(ctx), reason: 'no_time' }
  if (kind !== 'recall' && renditions.length === 0) return { kind: 'refused', reason: 'nothing_to_say' }
  const secrets = await signingSecrets(ctx, outlet.id)
  if (secrets.length === 0) return { kind: 'refused', reason: 'webhook_no_secret' }
  const body = payloadOf(row)
  if (Buffer.byteLength(body) > MOST_BYTES) return { kind: 'refused', reason: 'webhook_too_large' }
  const heard = await call(ctx, row, { secrets, body, signal }, options)
  await insertAttempt(ctx.db, attemptOf(ctx, row, Buffer.byteLength(body), heard))
  if (heard.status === GONE) await pause(ctx, row)
  return heard.outcome
}

interface Heard {
  readonly outcome: Outcome
  readonly status: number | null
  readonly tookMs: number
  readonly answer: string
}

interface Said {
  readonly secrets: readonly string[]
  readonly body: string
  readonly signal: AbortSignal
}

async function call(ctx: Ctx, row: Sending, { secrets, body, signal }: Said, options: WebhookOptions): Promise<Heard> {
  const signed = signatureHeaders(secrets, { id: row.deliveryId, at: ctx.clock.now(), body })
  const headers = { 'content-type': 'application/json', 'user-agent': 'Loa-Webhook/1', ...signed }
  const request = { url: row.outlet.address, method: 'POST' as const, headers, body, mostBytes: ANSWER_BYTES, signal }
  try {
    return heardOf(await guardedRequest({ ...request, timeoutMs: options.timeoutMs ?? TIMEOUT_MS }, options), ctx)
  } catch (thrown) {
    if (!(thrown instanceof GuardedFault)) throw thrown
    const outcome = outcomeOfFault(thrown.kind, ctx.clock.now())
    return { outcome, status: null, tookMs: thrown.tookMs, answer: '' }
  }
}

function heardOf({ status, headers, body, tookMs }: GuardedAnswer, ctx: Ctx): Heard {
  const outcome = outcomeOfStatus(status, headers['retry-after'], ctx.clock.now())
  // The database keeps no nought, and half a letter at the cut is none.
  const answer = Buffer.from(body)
    .toString('utf8')
    .replaceAll('\0', '')
    .replace(/\uFFFD+$/u, '')
  return { outcome, status, tookMs, answer }
}

function attemptOf(ctx: Ctx, row: Sending, bytes: number, { outcome, status, tookMs, answer }: Heard): WebhookAttempt {
  const { outlet, releaseId, deliveryId } = row
  const kind = outcome.kind === 'delivered' || outcome.kind === 'refused' ? outcome.kind : 'postponed'
  const reason = 'reason' in outcome ? outcome.reason : ''
  const at = ctx.clock.now()
  return {
    outletId: outlet.id,
    releaseId,
    deliveryId,
    at,
    event: eventOf(row),
    status,
    tookMs,
    bytes,
    outcome: kind,
    reason,
    answer,
  }
}

/** They said that they want no more: a person takes it up again, with another address. */
async function pause(ctx: Ctx, { outlet }: Sending): Promise<void> {
  await pauseOutlet(asSystem(ctx, 'webhook'), { outletId: outlet.id, reason: 'webhook_gone' })
}

function later(ctx: Ctx): Date {
  return new Date(ctx.clock.now().getTime() + RETRY_MS)
}
