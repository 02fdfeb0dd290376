import { Refusal } from '#core/kernel/index.ts'
import { articleById, headlinesOn } from '#core/portal/index.ts'
import { speak } from '#web/language.ts'
import { givenId } from '#web/lib/given-id.ts'
import { keyIn, pageOf } from '../news-pages.ts'
import type { LayoutServerLoad } from './$types.ts'

const OTHERS = 6

/** What stands round an article, also round the page that says that it was taken down; nothing of its words. */
export const load: LayoutServerLoad = async ({ locals, params, url }) => {
  const { ctx } = locals
  const id = givenId<'article'>(params.id)
  const article = id && (await articleById(ctx.db, id))
  if (!article) throw new Refusal('portal.not_found')
  speak(locals, article.language)
  const shelf = { language: article.language, themeId: null, campaignId: null }
  const found = await headlinesOn(ctx.db, shelf, keyIn(url), OTHERS + 1, article.id)
  return { language: locals.language, shownIn: article.language, others: pageOf(url, found, OTHERS) }
}
