import { readMarkup } from '#core/channel/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { languageOf } from '#core/message/index.ts'
import { articleById, articlesIn, translationsOf } from '#core/portal/index.ts'
import { keptFor } from '../kept-for.ts'
import { hotlinesShown } from '../hotlines-shown.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { PageServerLoad } from './$types.ts'

const OTHERS = 6

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  const { ctx } = locals
  const id = givenId<'article'>(params.id)
  const article = id && (await articleById(ctx.db, id))
  if (!article) throw new Refusal('portal.not_found')
  setHeaders({ 'cache-control': keptFor(locals) })
  const shared = {
    id: article.id as string,
    hotlines: await hotlinesShown(ctx),
    others: (await articlesIn(ctx.db, article.language, null, OTHERS + 1))
      .filter((other) => other.id !== article.id)
      .slice(0, OTHERS)
      .map(({ id: own, title }) => ({ id: own, title })),
  }
  // What was taken down says so, and says nothing else any more.
  if (article.withdrawnAt !== null)
    return { ...shared, article: null, withdrawnAt: article.withdrawnAt, blocks: [], translations: [] }
  const { title, lead, callToAction, language, publishedAt } = article
  const translations = await translationsOf(ctx.db, article)
  return {
    ...shared,
    withdrawnAt: null,
    article: { title, lead, callToAction, language, publishedAt },
    blocks: readMarkup(article.body),
    translations: translations.map((one) => ({
      id: one.id,
      language: one.language,
      name: languageOf(one.language).ownName,
    })),
  }
}
