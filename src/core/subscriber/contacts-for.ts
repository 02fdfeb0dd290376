import type { Ctx, Id } from '../kernel/index.ts'
import { maskContact, sealedFor, type ContactKind } from './contact.ts'
import { reachable } from './subscriber.store.ts'
import type { Subscriber } from './subscriber.ts'

/** One that a row of the ledger goes to, as a member of the list that was released to. */
export interface Recipient {
  readonly recipientId: Id<'subscriber'>
  readonly outletId: Id<'outlet'>
}

export interface Contact {
  /** An address of mail, or a number as `+84…`. For the hand that sends: never for a page, a log or the record. */
  readonly contact: string
  /** BCP 47; null: none was asked for. */
  readonly language: string | null
}

/**
 * Opens the contact points of those who may be written to at this very moment: subscribed to that list, not suppressed,
 * not erased. One question for all of them; who is not in the answer must not be written to.
 */
export async function contactsFor(
  ctx: Ctx,
  rows: readonly Recipient[],
): Promise<ReadonlyMap<Id<'subscriber'>, Contact>> {
  const found = await reachable(ctx.db, rows)
  const opened = await ctx.secrets.openAll(
    found.map(({ id, contactSealed }) => ({ sealed: contactSealed, about: sealedFor(id) })),
  )
  const contacts = new Map<Id<'subscriber'>, Contact>()
  found.forEach(({ id, language }, at) => {
    const contact = opened[at]
    if (contact) contacts.set(id, { contact, language })
  })
  return contacts
}

/** The contact point of one; null when it is erased or sealed with another key. */
export async function contactOf(
  ctx: Ctx,
  { id, contactSealed }: Pick<Subscriber, 'id' | 'contactSealed'>,
): Promise<string | null> {
  return contactSealed === null ? null : ctx.secrets.open(contactSealed, sealedFor(id))
}

/** What a page may show of these contact points, in their order; null for what is erased. */
export async function maskedContacts(
  ctx: Ctx,
  kind: ContactKind,
  members: readonly { readonly subscriberId: Id<'subscriber'>; readonly contactSealed: string | null }[],
): Promise<(string | null)[]> {
  const sealed = members.map(({ subscriberId, contactSealed }) => ({
    sealed: contactSealed ?? '',
    about: sealedFor(subscriberId),
  }))
  return (await ctx.secrets.openAll(sealed)).map((contact) => contact && maskContact(kind, contact))
}
