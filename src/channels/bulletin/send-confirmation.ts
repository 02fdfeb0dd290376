import type { Ctx } from '../../core/kernel/index.ts'
import { CONFIRM_DAYS, type Confirmation } from '../../core/subscriber/index.ts'
import { mailSettings } from './mail-settings.ts'
import { sendPlain } from './send-plain.ts'

/**
 * Sends the mail with the one link that makes a subscription active, or, to who is on the lists already, the link to
 * their wishes.
 *
 * @throws Error when it is to be tried again.
 */
export async function sendConfirmation(ctx: Ctx, { contact, language, lists, ...links }: Confirmation): Promise<void> {
  const settings = mailSettings()
  if (!settings) throw new Error('mail is not set up: writeMailAs() was not called')
  const spoken = language === 'en' ? 'en' : 'vi'
  const say = settings.say(spoken)
  const asks = lists.length > 0
  const page = asks ? `xac-nhan/${links.confirmLink}` : `nhan-tin/${links.memberLink}`
  const address = `${settings.origin}/cong/${page}${spoken === 'vi' ? '' : `?in=${spoken}`}`
  const words = asks
    ? [
        say('subscribe_mail_asked', { lists: lists.join('; ') }),
        address,
        say('subscribe_mail_days', { days: CONFIRM_DAYS }),
      ]
    : [say('subscribe_mail_member'), address]
  const subject = say(asks ? 'subscribe_mail_subject' : 'subscribe_mail_member_subject')
  const text = [...words, say('subscribe_mail_not_you')].join('\n\n')
  const handover = await sendPlain(ctx, { to: contact, subject, language: spoken, text })
  // What a server refuses for good is not tried again; what may have arrived is not sent twice.
  if (handover.kind === 'postponed') throw new Error(handover.reason)
}
