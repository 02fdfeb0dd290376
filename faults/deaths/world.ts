import { openReleaseStage, type ReleaseStage } from '../../src/app/release.build.ts'
import type { ChannelKey } from '../../src/core/channel/index.ts'
import type { Ctx } from '../../src/core/kernel/index.ts'
import { sendWith, type Outcome, type Sending } from '../../src/core/release/index.ts'
import { stillClock } from '../../src/testing/index.ts'
import type { TestDatabase } from '../../src/testing/test-database.ts'
import { endOf } from '../ledger-rows.ts'
import { addRoadsAndReaders, OUTLETS } from '../province.ts'
import type { Random } from '../random.ts'
import { Receiver } from '../receiver.ts'
import { Centre } from './centre.ts'
import { lifeOf, type MortalCtx } from './fate.ts'

/** Ten in the morning of a day in Vietnam. */
export const START = Date.parse('2026-11-24T03:00:00Z')

/** A province with machines of every kind, and all that is counted at their side. */
export interface World {
  readonly stage: ReleaseStage
  readonly clock: ReturnType<typeof stillClock>
  readonly receiver: Receiver
  readonly centre: Centre
  readonly random: Random
  later(seconds: number): void
}

export async function openWorld(random: Random, database?: TestDatabase): Promise<World> {
  const clock = stillClock(new Date(START).toISOString())
  const stage = await openReleaseStage(clock, OUTLETS, database)
  const receiver = new Receiver()
  const centre = new Centre(receiver, random)
  await addRoadsAndReaders(stage.ctx)
  register(receiver, centre, random)
  const later = (seconds: number) => clock.set(new Date(clock.now().getTime() + seconds * 1_000).toISOString())
  return { stage, clock, receiver, centre, random, later }
}

function register(receiver: Receiver, centre: Centre, random: Random): void {
  const take = ({ deliveryId, outlet, recipientId, kind }: Sending, channel: string) =>
    receiver.take({ key: deliveryId, channel, kind, end: endOf(outlet.id, recipientId) })
  /** One row after the other; a machine at the other end refuses, is busy, or answers into a dead line. */
  const plain = (channel: ChannelKey) => async (ctx: Ctx, rows: readonly Sending[]) => {
    const life = lifeOf(ctx)
    const outcomes: Outcome[] = []
    for (const row of rows) {
      life.point()
      const luck = random()
      if (luck < 0.03) outcomes.push({ kind: 'refused', reason: 'gone' })
      else if (luck < 0.1) outcomes.push({ kind: 'postponed', until: ctx.clock.now(), reason: 'busy' })
      else take(row, channel)
      life.point()
      if (luck > 0.98) throw new Error('the line went dead after it was taken')
      if (luck >= 0.1) outcomes.push({ kind: 'delivered', ref: `seen-${row.deliveryId}` })
    }
    return outcomes
  }
  sendWith({ channel: 'portal', repeatable: true, withdraws: true, batch: 4, send: plain('portal') })
  sendWith({ channel: 'board', repeatable: false, withdraws: false, batch: 3, send: plain('board') })
  sendWith({
    channel: 'sms',
    repeatable: false,
    withdraws: false,
    batch: 6,
    // Every call of this world comes in some life.
    send: (ctx, rows) => centre.send(ctx as MortalCtx, rows),
    ask: async (ctx, rows) => centre.ask(ctx as MortalCtx, rows),
  })
}
