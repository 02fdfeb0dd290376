import * as v from 'valibot'
import { idOf, job, type Ctx, type Id, type Job } from '../kernel/index.ts'
import { outletById } from '../outlet/index.ts'
import { itemsOfDelivery } from './item.store.ts'
import { kitOf, moveKit } from './kit.store.ts'
import type { Kit, KitMailer, KitOutcome } from './kit.ts'

const Payload = v.object({ deliveryId: idOf<'delivery'>() })

/** Longer than any mail server is waited for. */
const SENDING_MS = 10 * 60_000

let mailer: KitMailer | null = null

/** Says what mails press kits; the app calls it once, where jobs are worked. Without it kits say that no mail is set up. */
export function mailKitsWith(given: KitMailer): void {
  mailer = given
}

/** Mails the press kit of a delivery. What may have left is never mailed again by itself. */
export const mailKitJob: Job<typeof Payload> = job('press.mail_kit', {
  payload: Payload,
  retry: { times: 8, firstAfterSeconds: 60 },
  run: (ctx, { deliveryId }) => mailKit(ctx, deliveryId),
})

async function mailKit(ctx: Ctx, deliveryId: Id<'delivery'>): Promise<void> {
  const kit = await kitOf(ctx.db, deliveryId)
  const outlet = kit && (await outletById(ctx.db, kit.outletId))
  if (!outlet) return
  if (kit.state === 'sending') return giveUp(ctx, kit)
  if (!(await settle(ctx, deliveryId, 'waiting', 'sending', ''))) return
  const outcome = await outcomeOf(mailer, ctx, outlet, deliveryId)
  const reason = 'reason' in outcome ? outcome.reason : ''
  if (outcome.kind !== 'postponed') return void (await settle(ctx, deliveryId, 'sending', outcome.kind, reason))
  await settle(ctx, deliveryId, 'sending', 'waiting', reason)
  throw new Error(`The press kit of ${deliveryId} could not leave yet: ${reason}`)
}

/** Begun before, and nobody said how it ended: whether it left is not known, once who began it cannot be at it any more. */
async function giveUp(ctx: Ctx, { deliveryId, at }: Kit): Promise<void> {
  if (ctx.clock.now().getTime() - at.getTime() < SENDING_MS) {
    throw new Error(`The press kit of ${deliveryId} is being mailed; its end is looked for later`)
  }
  await settle(ctx, deliveryId, 'sending', 'unknown', 'worker_gone')
}

function settle(ctx: Ctx, id: Id<'delivery'>, from: Kit['state'], state: Kit['state'], reason: string) {
  return moveKit(ctx.db, id, [from], { state, at: ctx.clock.now(), reason })
}

async function outcomeOf(
  mail: KitMailer | null,
  ctx: Ctx,
  outlet: Parameters<KitMailer>[1],
  deliveryId: Id<'delivery'>,
): Promise<KitOutcome> {
  if (!mail) return { kind: 'refused', reason: 'no_mail' }
  return mail(ctx, outlet, await itemsOfDelivery(ctx.db, deliveryId))
}
