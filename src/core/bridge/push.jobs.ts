import * as v from 'valibot'
import { idOf, job, type Ctx, type Id, type Job } from '../kernel/index.ts'
import { settingOf } from './code.store.ts'
import { exchangeById, insertAttempt, updateExchange, type Attempt } from './exchange.store.ts'
import { PUSH_SECRET } from './keep-codes.ts'

/** One call of the other system. `later`: it may be tried again, for the same exchange twice is once. */
export interface Pushed extends Omit<Attempt, 'at'> {
  readonly kind: 'taken' | 'refused' | 'later'
}

export interface Push {
  readonly address: string
  /** Sent as a bearer token; null where none was set. */
  readonly secret: string | null
  /** The same for every attempt at one exchange. */
  readonly key: string
  readonly bytes: Uint8Array
}

export type Pusher = (push: Push) => Promise<Pushed>

let pusher: Pusher | null = null

/** Says what pushes packages; the app calls it once, where jobs are worked. */
export function pushWith(given: Pusher): void {
  pusher = given
}

const Payload = v.object({ exchangeId: idOf<'bridge_exchange'>() })
/** Tries within about four hours, by doubling from a minute; then a person looks. */
const MOST_TRIES = 8

export const pushJob: Job<typeof Payload> = job('bridge.push', {
  payload: Payload,
  retry: { times: MOST_TRIES, firstAfterSeconds: 60 },
  run: (ctx, { exchangeId }) => push(ctx, exchangeId),
})

async function push(ctx: Ctx, id: Id<'bridge_exchange'>): Promise<void> {
  const exchange = await exchangeById(ctx.db, id)
  if (exchange?.state !== 'waiting') return
  const { pushAddress, pushSecretSealed } = await settingOf(ctx.db)
  if (pushAddress === '' || !pusher) return end(ctx, id, 'failed', 'no_address')
  const secret = pushSecretSealed === null ? null : await ctx.secrets.open(pushSecretSealed, PUSH_SECRET)
  if (pushSecretSealed !== null && secret === null) return end(ctx, id, 'failed', 'no_secret')
  const bytes = await ctx.files.get(exchange.sha256)
  const { kind, ...attempt } = await pusher({ address: pushAddress, secret, key: id, bytes })
  await insertAttempt(ctx.db, id, { ...attempt, at: ctx.clock.now() })
  if (kind === 'taken') return end(ctx, id, 'done', '')
  if (kind === 'refused' || exchange.attempts + 1 >= MOST_TRIES) return end(ctx, id, 'failed', attempt.reason)
  await updateExchange(ctx.db, id, { reason: attempt.reason })
  throw new Error(`The package ${id} could not be pushed yet: ${attempt.reason}`)
}

async function end(ctx: Ctx, id: Id<'bridge_exchange'>, state: 'done' | 'failed', reason: string): Promise<void> {
  await updateExchange(ctx.db, id, { state, reason, endedAt: ctx.clock.now() })
}
