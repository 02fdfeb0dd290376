import { wordsIn, type Issue } from '../core/bulletin/index.ts'
import { dayAt, type Ctx } from '../core/kernel/index.ts'
import { messageById } from '../core/message/index.ts'
import { organisationsWhere } from '../core/organisation/index.ts'
import { hotlinesToday } from '../core/portal/index.ts'
import { makeBulletinPdf } from '../platform/papers/bulletin.ts'
import type { Words } from './wording/words.ts'

/** The PDF of an issue in a language, to be put up where nobody reads mail; null where it has no words. */
export async function printableIssue(
  ctx: Ctx,
  { number, messageId, publishedAt, renditions }: Issue,
  w: Words,
): Promise<Uint8Array | null> {
  const words = wordsIn(renditions, w.language)
  if (!words) return null
  const message = await messageById(ctx.db, messageId)
  const [publisher] = message ? await organisationsWhere(ctx.db, [message.organisationId]) : []
  const day = dayAt(publishedAt)
  const [year = '', month = '', date = ''] = day.split('-')
  return makeBulletinPdf({
    title: w('bulletin_masthead'),
    publisher: publisher?.name ?? '',
    number,
    day,
    dayWords: w('bulletin_day', { date, month, year }),
    articles: [{ title: words.fields['title'] ?? '', body: words.fields['body'] ?? '' }],
    hotlines: await hotlinesToday(ctx),
    imprint: '',
  })
}
