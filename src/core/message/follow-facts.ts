import { asSystem, type Ctx } from '../kernel/index.ts'
import { settleMessage } from './compose-renditions.ts'
import { lockMessage, messagesWithFact } from './message.store.ts'

/** A fact was corrected: every message that refers to it says it right, and an approval of the old words holds no longer. */
export async function followFact(ctx: Ctx, code: string): Promise<number> {
  const ids = await messagesWithFact(ctx.db, code)
  for (const id of ids) {
    await ctx.db.transaction().execute(async (db) => {
      const inside = { ...asSystem(ctx, 'message.follow_fact'), db, inTransaction: true }
      const message = await lockMessage(db, id)
      if (message && message.withdrawnAt === null) await settleMessage(inside, message, null)
    })
  }
  return ids.length
}
