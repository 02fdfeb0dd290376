import { setTimeout as wait } from 'node:timers/promises'
import type { ChannelKey } from '../../src/core/channel/index.ts'
import type { Ctx, Id } from '../../src/core/kernel/index.ts'
import {
  noteReceipts,
  sendWith,
  type Answer,
  type Asking,
  type Outcome,
  type Sending,
} from '../../src/core/release/index.ts'
import { endOf } from '../ledger-rows.ts'
import { isRepeatable } from '../province.ts'
import type { Handed, Said, SaidReceipt } from './receiver-process.ts'

const ANSWERS_WITHIN_MS = 10_000
const HEARS_EVERY_MS = 100

/** Registers channels of every kind, all of which lead to the receiver: repeatable; asked, with receipts; neither. */
export function sendToReceiver(port: number): void {
  const sendBy = (channel: ChannelKey) => async (_ctx: Ctx, rows: readonly Sending[], signal: AbortSignal) => {
    const outcomes: Outcome[] = []
    for (const row of rows) outcomes.push(await sendOne(port, channel, row, signal))
    return outcomes
  }
  sendWith({ channel: 'portal', repeatable: true, withdraws: true, batch: 5, send: sendBy('portal') })
  sendWith({ channel: 'board', repeatable: false, withdraws: false, batch: 4, send: sendBy('board') })
  sendWith({
    channel: 'sms',
    repeatable: false,
    withdraws: false,
    batch: 6,
    atOnce: 2,
    send: sendBy('sms'),
    ask: (_ctx, rows) => askAll(port, rows),
  })
}

async function sendOne(port: number, channel: ChannelKey, row: Sending, signal: AbortSignal): Promise<Outcome> {
  const later = (reason: string): Outcome => ({ kind: 'postponed', until: new Date(0), reason })
  // What has not begun when the claim is about to lapse is begun by nobody else: it may go again.
  if (signal.aborted) return later('too_late')
  const { deliveryId, kind, outlet, recipientId, gateway } = row
  const handed: Handed = {
    key: deliveryId,
    channel,
    kind,
    end: endOf(outlet.id, recipientId),
    gateway: gateway?.id ?? null,
    parts: gateway ? 1 + (parseInt(deliveryId.slice(0, 2), 16) % 3) : 1,
  }
  const said = await post<Said>(port, '/take', { row: handed }, signal)
  if (said === null) return unheard(channel, handed.parts)
  if (said.kind === 'taken') return gateway ? { kind: 'accepted', refs: said.refs } : { kind: 'delivered' }
  return said.kind === 'refused' ? { kind: 'refused', reason: 'gone' } : later('busy')
}

/** It was handed over and nothing was heard: perhaps it arrived. */
function unheard(channel: ChannelKey, parts: number): Outcome {
  if (!isRepeatable(channel)) return { kind: 'unknown', reason: 'no_answer', parts }
  return { kind: 'postponed', until: new Date(0), reason: 'no_answer', tried: true }
}

async function askAll(port: number, rows: readonly Asking[]): Promise<Answer[]> {
  const keys = rows.map(({ deliveryId }) => deliveryId)
  const states = await post<('delivered' | 'failed' | 'missing')[]>(port, '/ask', { keys })
  return rows.map((_row, at) => ({ kind: states?.[at] ?? 'unknown' }))
}

/** Hears what the receiver says of what it took, and confirms it only when it is kept. Answers how to stop. */
export function hearReceipts(ctx: Ctx, port: number): () => Promise<void> {
  const stopping = new AbortController()
  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await hear().catch(() => undefined)
      await wait(HEARS_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  async function hear(): Promise<void> {
    const said = (await post<SaidReceipt[]>(port, '/receipts', {})) ?? []
    if (said.length === 0) return
    const receipts = said.map(({ gateway, ref, state }) => ({
      gatewayId: gateway as Id<'gateway'>,
      ref,
      state,
      at: new Date(),
      detail: '',
    }))
    await noteReceipts(ctx, receipts)
    await post(port, '/heard', { numbers: said.map(({ number }) => number) })
  }
  const running = run()
  return () => {
    stopping.abort()
    return running
  }
}

/** Null when no answer came. */
async function post<T>(port: number, path: string, body: object, signal?: AbortSignal): Promise<T | null> {
  const within = AbortSignal.timeout(ANSWERS_WITHIN_MS)
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, within]) : within,
    })
    return answer.ok ? ((await answer.json()) as T) : null
  } catch {
    return null
  }
}
