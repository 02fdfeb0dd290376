import { sendPlain } from '../channels/bulletin/send-plain.ts'
import type { MailOut } from '../channels/press/press-kit.ts'

/** Press kits by the mail of the bulletins, which carries words alone: pictures are had by their links. */
export const pressMail: MailOut = {
  mostAttachedBytes: 0,
  async send(ctx, { to, subject, text }) {
    const handover = await sendPlain(ctx, { to, subject, text })
    switch (handover.kind) {
      case 'accepted':
        return { kind: 'sent' }
      case 'refused':
      case 'postponed':
      case 'unknown':
        return { kind: handover.kind, reason: handover.reason }
      default:
        return handover satisfies never
    }
  },
}
