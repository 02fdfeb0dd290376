import type { Ctx, Waiting } from '../kernel/index.ts'
import { messageById } from '../message/index.ts'
import { whyNotTakeStep } from './decide-review.ts'
import { partsInTurn } from './review.ts'
import { openReviews } from './review.store.ts'

/** More than this a page does not show. */
const MOST = 100

/** Messages on whose step this person may decide now. */
export async function waitingFor(ctx: Ctx): Promise<Waiting[]> {
  if (ctx.actor.kind !== 'person' || ctx.actor.grants.length === 0) return []
  const waiting: Waiting[] = []
  for (const review of await openReviews(ctx.db, MOST)) {
    const message = await messageById(ctx.db, review.messageId)
    if (!message) continue
    for (const part of partsInTurn(review.parts)) {
      if (await whyNotTakeStep(ctx, message, review, part)) continue
      waiting.push({
        wording: `review_waiting_${part.name}`,
        facts: { title: message.workingTitle },
        path: `/messages/${message.id}/review`,
        due: part.dueOn,
      })
    }
  }
  return waiting
}
