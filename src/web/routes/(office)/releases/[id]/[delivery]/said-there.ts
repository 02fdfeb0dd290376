import { sentenceOf } from '#app/wording/words.ts'
import type { Ctx } from '#core/kernel/index.ts'
import {
  answersOf,
  itemsOfDelivery,
  kitOf,
  mailKitAgain,
  publishingStatusOf,
  whyNotMailAgain,
  wireOf,
} from '#core/press/index.ts'
import { redriveDelivery, releaseById, whyNotRedrive } from '#core/release/index.ts'
import { attemptsOf } from '#core/webhook/index.ts'

type Delivery = Parameters<typeof whyNotRedrive>[0]
const ATTEMPTS = 20

/** What newsrooms and other machines said of a row, where it went to one; and whether it may be sent again. */
export async function saidThere(ctx: Ctx, w: App.Locals['w'], delivery: Delivery) {
  const items = await itemsOfDelivery(ctx.db, delivery.id)
  const wire = items.length > 0 ? await wireOf(ctx.db, delivery.outletId) : null
  const answers = Map.groupBy(
    await answersOf(
      ctx.db,
      items.map(({ id }) => id),
    ),
    ({ itemId }) => itemId,
  )
  const kit = await kitOf(ctx.db, delivery.id)
  const again = kit && (await mailKitAgain.whyNot(ctx, { deliveryId: delivery.id }))
  return {
    items: items.map((item) => ({
      ...{ id: item.id as string, title: item.title, sequence: item.sequence, editorial: item.editorial },
      status: publishingStatusOf(item),
      fetched: (wire?.fetchedTo ?? 0) >= item.sequence,
      answers: answers.get(item.id) ?? [],
    })),
    kit: kit && {
      ...{ state: kit.state, at: kit.at, reason: kit.reason },
      mayMailAgain: whyNotMailAgain(kit, ctx.clock.now()) === null,
      whyNot: again && sentenceOf(w, again),
    },
    attempts: await attemptsOf(ctx.db, delivery.id, ATTEMPTS),
    redrive: await redriveShown(ctx, w, delivery),
  }
}

/** Whether a row may be sent again, and if not by this person, why not; null where it is no question. */
async function redriveShown(ctx: Ctx, w: App.Locals['w'], delivery: Delivery) {
  const release = await releaseById(ctx.db, delivery.releaseId)
  if (!release || whyNotRedrive(delivery, release, ctx.clock.now())) return null
  const { releaseId, id: deliveryId } = delivery
  const refusal = await redriveDelivery.whyNot(ctx, { releaseId, deliveryId, reason: '-' })
  return { whyNot: refusal && sentenceOf(w, refusal) }
}
