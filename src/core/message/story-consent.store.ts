import type { Day, Db, Id } from '../kernel/index.ts'
import type { StoryConsent } from './story-consent.ts'

type NewConsent = Omit<StoryConsent, 'withdrawnOn'> & { readonly sealed: string }

export async function insertConsent(db: Db, { channels, ...consent }: NewConsent): Promise<void> {
  await db
    .insertInto('storyConsent')
    .values({ ...consent, channels: [...channels] })
    .execute()
}

/** The consent for a story; never what lies sealed in it. */
export async function consentOf(db: Db, messageId: Id<'message'>): Promise<StoryConsent | null> {
  const row = await db
    .selectFrom('storyConsent')
    .select([
      'id',
      'messageId',
      'pseudonym',
      'scope',
      'channels',
      'ofChild',
      'guardianAgreed',
      'childAgreed',
      'givenOn',
      'recordedBy',
      'recordedAt',
      'withdrawnOn',
    ])
    .where('messageId', '=', messageId)
    .executeTakeFirst()
  return (row as StoryConsent | undefined) ?? null // channels and ids as insertConsent wrote them
}

/** Ends a consent, and destroys who gave it: nothing is left to be kept for. */
export async function endConsent(db: Db, messageId: Id<'message'>, on: Day, reason: string): Promise<void> {
  await db
    .updateTable('storyConsent')
    .set({ withdrawnOn: on, withdrawnReason: reason, sealed: '' })
    .where('messageId', '=', messageId)
    .execute()
}
