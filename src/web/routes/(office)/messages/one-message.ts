import { Refusal, type Ctx, type Id } from '#core/kernel/index.ts'
import { handoversToRecall, messageById, renditionById, type Message, type Rendition } from '#core/message/index.ts'
import { outletsHolding } from '#core/release/index.ts'
import { givenId } from '#web/lib/given-id.ts'

/** The message of an address. @throws Refusal `message.not_found` */
export async function messageOf(ctx: Ctx, given: string | undefined): Promise<Message> {
  const id = givenId<'message'>(given)
  const message = id && (await messageById(ctx.db, id))
  if (!message) throw new Refusal('message.not_found')
  return message
}

/** How many bodies and outlets would be told to take the message down. */
export async function placesToRecall(ctx: Ctx, messageId: Id<'message'>): Promise<number> {
  const given = await handoversToRecall(ctx.db, messageId)
  const bodies = new Set(given.map(({ organisationId }) => organisationId))
  return bodies.size + (await outletsHolding(ctx.db, messageId))
}

/** The rendition of an address, of that message. @throws Refusal `message.no_rendition` */
export async function renditionOf(ctx: Ctx, message: Message, given: string | undefined): Promise<Rendition> {
  const id = givenId<'rendition'>(given)
  const rendition = id && (await renditionById(ctx.db, id))
  if (!rendition || rendition.messageId !== message.id) throw new Refusal('message.no_rendition')
  return rendition
}
