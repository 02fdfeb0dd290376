import { sendPlain } from '../channels/bulletin/send-plain.ts'
import { emailOf } from '../core/identity/index.ts'
import type { SendNotice } from './tell-by-mail.ts'

/**
 * Notices to staff by the mail of the bulletins. False where somebody has no address, or no mail is set up; what may have
 * arrived counts as sent, for nobody is helped by the same alarm twice.
 *
 * @throws Error when the relay is away or busy: it is to be tried again.
 */
export const staffMail: SendNotice = async (ctx, personId, { subject, text }) => {
  const to = await emailOf(ctx.db, personId)
  if (to === null) return false
  const handover = await sendPlain(ctx, { to, subject, text })
  if (handover.kind !== 'postponed') return handover.kind !== 'refused'
  if (handover.reason === 'mail_not_set_up') return false
  throw new Error(handover.reason)
}
