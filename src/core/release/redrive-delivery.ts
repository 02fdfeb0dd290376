import * as v from 'valibot'
import { action, idOf, Refusal, refuseIf } from '../kernel/index.ts'
import { actorOf } from './actor-of.ts'
import { deliveryById } from './delivery.store.ts'
import { mayRelease, OneRelease } from './press-release.ts'
import { lockRelease } from './release.store.ts'
import type { Delivery, Release } from './release.ts'
import { moveDeliveries } from './settle.store.ts'
import { sendersInUse } from './work-ledger.ts'

/**
 * Sends a row of a machine once more (gửi lại): one that was refused, or, where the channel can, one that arrived and was
 * lost there. It leaves as any other: what is no longer approved does not.
 */
export const redriveDelivery = action('release.redrive', {
  input: v.object({
    ...OneRelease.entries,
    deliveryId: idOf<'delivery'>(),
    reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000)),
  }),
  may: mayRelease,
  records: ({ releaseId, deliveryId }) => ({
    subject: 'release',
    subjectId: releaseId,
    facts: { delivery: deliveryId },
  }),
  async run(ctx, { releaseId, deliveryId, reason }) {
    const release = await lockRelease(ctx.db, releaseId)
    const row = await deliveryById(ctx.db, releaseId, deliveryId)
    if (!release || !row) throw new Refusal('release.not_found')
    refuseIf(whyNotRedrive(row, release, ctx.clock.now()))
    const to = { state: 'due' as const, event: 'redriven', reason, actor: actorOf(ctx.actor) }
    await moveDeliveries(ctx.db, { releaseId, id: deliveryId }, [row.state], to, ctx.clock.now())
  },
})

/** Why a row may not be sent once more; null when it may. */
export function whyNotRedrive(row: Delivery, release: Release, now: Date): Refusal | null {
  if (row.means !== 'machine') return new Refusal('release.no_machine')
  if (release.cancelledAt !== null) return new Refusal('release.is_cancelled')
  if (row.expiresAt !== null && row.expiresAt <= now) return new Refusal('release.over')
  const brings = sendersInUse().some(({ channel, redrives }) => channel === row.channel && redrives)
  const ended = row.state === 'failed' || (row.state === 'delivered' && brings)
  return ended ? null : new Refusal('release.not_redrivable')
}
