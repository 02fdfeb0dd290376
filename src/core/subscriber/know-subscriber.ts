import { newId, type Ctx } from '../kernel/index.ts'
import { hashOf, sealedFor, type ContactKind } from './contact.ts'
import { insertSubscribers, subscriberByHash } from './subscriber.store.ts'
import type { Subscriber } from './subscriber.ts'

/** The subscriber of a contact point as `readContact` answers it; kept now where nobody knew it. */
export async function knowSubscriber(
  ctx: Ctx,
  contactKind: ContactKind,
  contact: string,
  language: string | null,
): Promise<Subscriber> {
  const contactHash = await hashOf(ctx, contactKind, contact)
  const standing = await subscriberByHash(ctx.db, contactKind, contactHash)
  if (standing) return standing
  const id = newId<'subscriber'>()
  const contactSealed = await ctx.secrets.seal(contact, sealedFor(id))
  await insertSubscribers(ctx.db, [
    { id, contactKind, contactHash, contactSealed, language, createdAt: ctx.clock.now() },
  ])
  const kept = await subscriberByHash(ctx.db, contactKind, contactHash)
  if (!kept) throw new Error('a subscriber that was just kept is gone')
  return kept
}
