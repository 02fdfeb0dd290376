import type { Ctx, Id } from '#core/kernel/index.ts'
import { approvalOf, statesOfMessages, type Approval } from '#core/review/index.ts'

interface Standing {
  readonly id: Id<'message'>
  readonly contentHash: string
  readonly withdrawnAt: Date | null
}

/** Where each message stands, in one question for the whole list. */
export async function approvalsOf(ctx: Ctx, messages: readonly Standing[]): Promise<Map<string, Approval>> {
  const all = await statesOfMessages(
    ctx.db,
    messages.map(({ id }) => id),
  )
  const of = Map.groupBy(all, ({ messageId }) => messageId)
  return new Map(messages.map((message) => [message.id, approvalOf(message, of.get(message.id) ?? [])]))
}
