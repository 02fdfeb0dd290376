import type { Gateway } from '../../src/core/gateway/index.ts'
import type { Id } from '../../src/core/kernel/index.ts'
import {
  noteReceipts,
  type Answer,
  type Asking,
  type Outcome,
  type Receipt,
  type Sending,
} from '../../src/core/release/index.ts'
import { endOf } from '../ledger-rows.ts'
import type { Random } from '../random.ts'
import type { Receiver } from '../receiver.ts'
import { lifeOf, type Life, type MortalCtx } from './fate.ts'

interface Waiting extends Receipt {
  /** How often it is still said. */
  left: number
}

/** A message centre that must be given nothing twice: it speaks of each part later, early, double or not at all. */
export class Centre {
  readonly #receiver: Receiver
  readonly #random: Random
  #waiting: Waiting[] = []
  #refs = 0

  constructor(receiver: Receiver, random: Random) {
    this.#receiver = receiver
    this.#random = random
  }

  async send(ctx: MortalCtx, rows: readonly Sending[]): Promise<Outcome[]> {
    const life = lifeOf(ctx)
    const outcomes: Outcome[] = []
    for (const row of rows) {
      life.point()
      outcomes.push(await this.#take(ctx, life, row))
      life.point()
    }
    return outcomes
  }

  async #take(ctx: MortalCtx, life: Life, row: Sending): Promise<Outcome> {
    const random = this.#random
    const luck = random()
    if (luck < 0.03) return { kind: 'refused', reason: 'no_such_number' }
    if (luck < 0.1) return { kind: 'postponed', until: ctx.clock.now(), reason: 'throttled' }
    if (luck < 0.13) return { kind: 'unknown', reason: 'no_answer', parts: 3 }
    const refs = this.#accept(row, ctx.clock.now())
    if (luck < 0.17) return { kind: 'unknown', reason: 'line_lost', refs: refs.slice(0, 1), parts: refs.length }
    if (luck < 0.2) throw new Error('the line went dead after it was taken')
    // Some receipts are here before the answer is written down.
    if (random.chance(0.2)) await this.speak(ctx, life, 0.5)
    return { kind: 'accepted', refs }
  }

  #accept({ deliveryId, kind, outlet, recipientId, gateway }: Sending, at: Date): string[] {
    this.#receiver.take({ key: deliveryId, channel: 'sms', kind, end: endOf(outlet.id, recipientId) })
    const count = 1 + this.#random.below(3)
    const fails = this.#random.chance(0.05)
    const refs = Array.from({ length: count }, () => `ref-${(this.#refs += 1)}`)
    for (const [part, ref] of refs.entries()) {
      const bad = fails && part === count - 1
      if (bad) this.#receiver.fail(deliveryId)
      const said = { gatewayId: gatewayOf(gateway), ref, at, detail: bad ? 'switched_off' : '' }
      const times = this.#random.pick([1, 1, 1, 2, 3, 0])
      // What is said to have failed at first and then arrives, as from a telephone switched on again.
      const first = !bad && this.#random.chance(0.05) ? [{ ...said, state: 'failed' as const, left: 1 }] : []
      this.#waiting.push(...first, { ...said, state: bad ? 'failed' : 'delivered', left: times })
    }
    return refs
  }

  /** Says some of what waits, in any order; what is not confirmed to it is said again. */
  async speak(ctx: MortalCtx, life: Life, share: number): Promise<void> {
    const said = this.#random.shuffled(this.#waiting.filter(({ left }) => left > 0 && this.#random.chance(share)))
    for (const receipt of said.slice(0, 20)) {
      life.point()
      await noteReceipts(ctx, [receipt])
      life.point()
      receipt.left -= 1
    }
    this.#waiting = this.#waiting.filter(({ left }) => left > 0)
  }

  get silent(): boolean {
    return this.#waiting.length === 0
  }

  /** Looks up what it has; sometimes it is too busy to say. */
  ask(ctx: MortalCtx, rows: readonly Asking[]): Answer[] {
    lifeOf(ctx).point()
    return rows.map(({ deliveryId }) => {
      if (this.#random.chance(0.2)) return { kind: 'unknown' }
      const taken = this.#receiver.taken.get(deliveryId)
      if (!taken) return { kind: 'missing' }
      return taken.failed ? { kind: 'failed', reason: 'switched_off' } : { kind: 'delivered' }
    })
  }
}

function gatewayOf(gateway: Gateway | null): Id<'gateway'> {
  if (!gateway) throw new Error('text messages go by a gateway')
  return gateway.id
}
