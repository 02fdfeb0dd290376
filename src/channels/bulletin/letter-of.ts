import type { Issue, IssueWords } from '../../core/bulletin/index.ts'
import { factsOf, stateOn } from '../../core/fact/index.ts'
import { dayAt, type Ctx } from '../../core/kernel/index.ts'
import type { Sending } from '../../core/release/index.ts'
import { prepareLetter, type Letter } from '../../platform/mail/index.ts'
import { writeBulletin, type BulletinWords, type Hotline } from './bulletin-letter.ts'
import type { MailSettings } from './mail-settings.ts'

/** The letter of a row, before it is any reader's own. */
export async function letterOf(
  ctx: Ctx,
  settings: MailSettings,
  row: Sending,
  words: IssueWords | null,
  issue: Issue | null,
): Promise<Letter> {
  const { origin, from } = settings
  const language = words?.language ?? 'vi'
  const bulletin: BulletinWords = {
    language,
    fields: words?.fields ?? {},
    kind: row.kind === 'recall' ? 'recall' : row.corrects ? 'correction' : 'news',
    hotlines: await hotlinesOf(ctx),
    list: row.recipientId ? row.outlet.name : null,
    issue: issue && { number: issue.number, address: `${origin}/cong/ban-tin/${issue.number}` },
  }
  const written = writeBulletin(bulletin, settings.say(language))
  const domain = from.address.split('@')[1] ?? 'localhost'
  const listId = `<l${row.outlet.id.replaceAll('-', '')}.${domain}>`
  return prepareLetter({
    ...written,
    from,
    language,
    // RFC 2919: by this a mail program sorts, whatever the list is called later.
    headers: row.recipientId
      ? [
          ['List-Id', listId],
          ['Precedence', 'bulk'],
        ]
      : [],
  })
}

/** More numbers than this are read by nobody in need. */
const MOST_HOTLINES = 3

/** The national number always, and those that somebody vouches for today: no bulletin goes without a number to call. */
async function hotlinesOf(ctx: Ctx): Promise<Hotline[]> {
  const today = dayAt(ctx.clock.now())
  const facts = (await factsOf(ctx.db, ['hotline'])).filter((fact) => {
    const state = stateOn(fact, today)
    return state === 'valid' || (fact.code === '111' && state === 'unverified')
  })
  return facts
    .sort((one, other) => Number(other.code === '111') - Number(one.code === '111'))
    .slice(0, MOST_HOTLINES)
    .map(({ name, value }) => ({ name, number: value }))
}
