import * as v from 'valibot'
import { action, type Id } from '../kernel/index.ts'
import { CONTACT_KINDS, readContact } from './contact.ts'
import { knowSubscriber } from './know-subscriber.ts'
import { stopSending } from './suppress.ts'

/**
 * Sends nothing to a contact point any more because its owner said STOP or HUY (từ chối nhận tin), to one that nobody
 * knew as well: a list that is put in later must not bring it back. Answers how many lists it left.
 */
export const endByStopWord = action('subscriber.end', {
  input: v.object({ contactKind: v.picklist(CONTACT_KINDS), contact: v.pipe(v.string(), v.maxLength(320)) }),
  may: { who: 'system' },
  records: (_input, { id, isNew, ended }: { id: Id<'subscriber'> | null; isNew: boolean; ended: number }) =>
    isNew || ended > 0 ? { subject: 'subscriber', subjectId: id, facts: { reason: 'stop_word', ended } } : null,
  async run(ctx, { contactKind, contact }) {
    const read = readContact(contactKind, contact)
    if (!read) return { id: null, isNew: false, ended: 0 }
    const { id } = await knowSubscriber(ctx, contactKind, read, null)
    return { id, ...(await stopSending(ctx, id, 'stop_word')) }
  },
})
