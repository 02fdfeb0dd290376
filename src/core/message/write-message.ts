import * as v from 'valibot'
import { idOf, Refusal, refuseIf, type Ctx, type Id, type Role } from '../kernel/index.ts'
import { lockMessage, messageById } from './message.store.ts'
import { whyNotEdit, type Message } from './message.ts'

/** Roles that write messages for the body in which they hold it. */
export const WRITERS: readonly Role[] = ['campaign_officer', 'content_officer', 'press_officer', 'reviewer', 'leader']

export const OneMessage = v.object({ messageId: idOf<'message'>() })

interface Which {
  readonly messageId: Id<'message'>
}

/** The body that answers for the message: who holds a writing role there, or above, may write at it. */
export async function authorOf(ctx: Ctx, { messageId }: Which): Promise<Id<'organisation'> | null> {
  return (await messageById(ctx.db, messageId))?.organisationId ?? null
}

export const mayWrite = { who: 'roles' as const, roles: WRITERS, within: authorOf }

/** The message, locked for the rest of the transaction. @throws Refusal `message.not_found`, `message.is_withdrawn` */
export async function messageToChange(ctx: Ctx, { messageId }: Which): Promise<Message> {
  const message = await lockMessage(ctx.db, messageId)
  if (!message) throw new Refusal('message.not_found')
  refuseIf(whyNotEdit(message))
  return message
}
