import { error } from '@sveltejs/kit'
import { Refusal, type Ctx } from '#core/kernel/index.ts'
import { languageOf } from '#core/message/index.ts'
import { campaignById } from '#core/plan/index.ts'
import { articleById, articlesOf, themesOfArticle, type Article } from '#core/portal/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { inLanguage } from '../in-language.ts'
import { themeTitle } from '../shelf-page.ts'
import { blocksShown } from './blocks-shown.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const id = givenId<'article'>(params.id)
  const article = id && (await articleById(ctx.db, id))
  if (!article) throw new Refusal('portal.not_found')
  const { title, lead, callToAction, language, publishedAt, correctedAt, withdrawnAt } = article
  // Gone for good, as browsers and search engines understand it: RFC 9110 §15.5.11.
  if (withdrawnAt !== null) {
    const replacedBy = await replacementOf(ctx, article)
    error(410, { message: 'Gone', withdrawnAt: withdrawnAt.toISOString(), ...replacedBy })
  }
  const [blocks, languages, shelves] = await Promise.all([
    blocksShown(ctx, article),
    languagesOf(ctx, article),
    shelvesOf(ctx, article, language),
  ])
  const sound = article.recordingSha256 === null ? null : paths.articleSound(id)
  const shown = { id: id as string, title, lead, callToAction, publishedAt, correctedAt }
  return { article: shown, blocks, languages, shelves, sound }
}

async function replacementOf(ctx: Ctx, { replacedBy, language }: Article): Promise<{ replacedBy?: string }> {
  const others = replacedBy ? await articlesOf(ctx.db, replacedBy) : []
  const same = others.find((other) => other.language === language && other.withdrawnAt === null)
  return same ? { replacedBy: same.id } : {}
}

async function languagesOf(ctx: Ctx, { messageId, id }: Article) {
  const all = await articlesOf(ctx.db, messageId)
  return all
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .sort((one, other) => Number(other.language === 'vi') - Number(one.language === 'vi'))
    .map((one) => ({
      tag: one.language,
      name: languageOf(one.language).ownName,
      href: paths.article(one.id),
      current: one.id === id,
    }))
}

/** Where more of its kind is found. */
async function shelvesOf(ctx: Ctx, { id, campaignId }: Article, language: string) {
  const themes = await themesOfArticle(ctx.db, id)
  const campaign = campaignId && (await campaignById(ctx.db, campaignId))
  return [
    ...themes.map((theme) => ({
      href: inLanguage(paths.portalTheme(theme.id), language),
      name: themeTitle(theme.name),
    })),
    ...(campaign ? [{ href: inLanguage(paths.portalCampaign(campaign.id), language), name: campaign.name }] : []),
  ]
}
