import { randomUUID } from 'node:crypto'
import type { Ctx } from '../../core/kernel/index.ts'
import { prepareLetter, type Handover } from '../../platform/mail/index.ts'
import { escaped } from './escaped.ts'
import { mailSettings } from './mail-settings.ts'
import { anyGateway, officeOf } from './post-offices.ts'

export interface PlainMail {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** BCP 47 of the words. */
  readonly language?: string
}

/**
 * Sends one letter to one address by the first gateway that runs: a confirmation, an alarm. Never throws for what a
 * server says; what is `postponed` may be tried again, what is `unknown` may have arrived.
 */
export async function sendPlain(ctx: Ctx, { to, subject, text, language = 'vi' }: PlainMail): Promise<Handover> {
  const settings = mailSettings()
  const gateway = await anyGateway(ctx)
  if (!settings || !gateway) return { kind: 'postponed', reason: 'mail_not_set_up' }
  const { from, dkim } = settings
  const letter = prepareLetter({ from, subject, language, text, html: pageOf(text, subject, language) })
  const messageId = `${randomUUID()}@${from.address.split('@')[1] ?? 'localhost'}`
  const raw = await letter.write({ to, messageId, date: ctx.clock.now() }, dkim)
  const office = await officeOf(ctx, gateway)
  return office.send({ from: from.address, to, raw })
}

/** The same words with links that can be followed. */
function pageOf(text: string, subject: string, language: string): string {
  const paragraphs = text.split(/\n{2,}/).map((part) => {
    const words = escaped(part).replaceAll('\n', '<br>\n')
    return `<p>${words.replace(/https?:\/\/[^\s<]+/g, '\n<a href="$&"\n>$&</a>')}</p>`
  })
  return [
    '<!doctype html>',
    `<html lang="${escaped(language)}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    '<body style="font-family:sans-serif;font-size:17px;line-height:1.55;color:#14232b;margin:0;padding:16px">',
    ...paragraphs,
    '</body></html>',
  ].join('\n')
}
