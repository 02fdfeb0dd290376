import { newId, type Ctx, type Db, type Id } from '../kernel/index.ts'
import { messageById, type Content, type Message } from '../message/index.ts'
import { themesOf } from '../plan/index.ts'
import { releaseById, type Release } from '../release/index.ts'
import { approvedContent } from '../review/index.ts'
import { articlesOf, insertArticle, isRecalled, lockArticlesOf, updateArticle } from './article.store.ts'
import { saysOther, type Article, type ArticleWords } from './article.ts'
import { setThemes, themesNamed } from './theme.store.ts'

type Rendition = Content['renditions'][number]

/** What was to be put up: exactly what was approved, no more. */
export interface ToPutUp {
  readonly releaseId: Id<'release'>
  readonly messageId: Id<'message'>
  readonly renditions: readonly Rendition[]
}

/** `superseded`: a later release stands there already. `recalled`: this very release was taken back meanwhile. */
export type PutUp =
  { readonly kind: 'up'; readonly ids: readonly Id<'article'>[] } | { readonly kind: 'superseded' | 'recalled' }

/**
 * Puts up what a release says, each language at the address it has had before, all of them in one transaction. Doing it
 * again changes nothing. What the message no longer says in a language, and what this release replaces, comes down.
 */
export async function putUp(ctx: Ctx, given: ToPutUp): Promise<PutUp> {
  const { release, content, message, before } = await groundOf(ctx, given)
  const names = await themeNames(ctx.db, message)
  return ctx.db.transaction().execute(async (db): Promise<PutUp> => {
    await lockArticlesOf(db, before ? [message.id, before.messageId] : [message.id])
    if (await isRecalled(db, release.id)) return { kind: 'recalled' }
    const standing = await articlesOf(db, message.id)
    const at = ctx.clock.now()
    const themes = message.campaignId ? await themesNamed(db, message.campaignId, names) : []
    const ids: Id<'article'>[] = []
    for (const rendition of given.renditions) {
      const old = standing.find(({ language }) => language === rendition.language)
      if (old && old.releasedAt > pressedAt(release)) continue
      const id = await put(db, release, old ?? null, rendition.language, wordsOf(rendition, content), at)
      await setThemes(db, id, themes)
      ids.push(id)
    }
    if (ids.length === 0) return { kind: 'superseded' }
    const said = new Set(content.renditions.filter(sameChannel(given)).map(({ language }) => language))
    await takeOff(db, standing, release, at, ({ language }) => !said.has(language), null)
    if (before) await takeOff(db, await articlesOf(db, before.messageId), release, at, () => true, message.id)
    return { kind: 'up', ids }
  })
}

async function groundOf(ctx: Ctx, { releaseId, messageId }: ToPutUp) {
  const release = await releaseById(ctx.db, releaseId)
  const message = await messageById(ctx.db, messageId)
  const content = release && (await approvedContent(ctx.db, messageId, release.contentHash))
  if (!release || !message || !content) throw new Error(`Nothing approved stands behind release ${releaseId}`)
  const followed = release.ofReleaseId && (await releaseById(ctx.db, release.ofReleaseId))
  return { release, message, content, before: followed && followed.messageId !== messageId ? followed : null }
}

/** The themes of a message by their words: an amended plan gives the same words another id. */
async function themeNames(db: Db, { campaignId, themes }: Message): Promise<string[]> {
  if (!campaignId || themes.length === 0) return []
  const known = await themesOf(db, campaignId)
  return known.filter(({ id }) => themes.includes(id)).map(({ text }) => text)
}

async function put(
  db: Db,
  release: Release,
  old: Article | null,
  language: string,
  words: ArticleWords,
  at: Date,
): Promise<Id<'article'>> {
  const of = { releaseId: release.id, releasedAt: pressedAt(release), campaignId: release.campaignId }
  const up = { ...words, ...of, withdrawnAt: null, replacedBy: null }
  if (!old) {
    const id = newId<'article'>()
    const { messageId } = release
    await insertArticle(db, { ...up, id, messageId, language, publishedAt: at, changedAt: at, correctedAt: null })
    return id
  }
  const corrected = saysOther(old, words)
  const correctedAt = corrected ? at : old.correctedAt
  const changedAt = corrected || old.withdrawnAt !== null ? at : old.changedAt
  await updateArticle(db, old.id, { ...up, correctedAt, changedAt })
  return old.id
}

async function takeOff(
  db: Db,
  articles: readonly Article[],
  release: Release,
  at: Date,
  which: (article: Article) => boolean,
  replacedBy: Id<'message'> | null,
): Promise<void> {
  for (const article of articles) {
    if (article.withdrawnAt !== null || article.releasedAt > pressedAt(release) || !which(article)) continue
    await updateArticle(db, article.id, { withdrawnAt: at, changedAt: at, replacedBy })
  }
}

function wordsOf({ fields, language, recording }: Rendition, content: Content): ArticleWords {
  return {
    title: fields['title'] ?? '',
    lead: fields['lead'] ?? '',
    body: fields['body'] ?? '',
    callToAction: fields['callToAction'] ?? '',
    recordingSha256: soundOf(recording) ?? soundOf(spokenIn(language, content)),
  }
}

/**
 * The recording that was approved with the same content in the same language, as for loudspeakers. Not of a survivor's
 * story: consent to its voice was given for the ways out it names.
 */
function spokenIn(language: string, { kind, renditions }: Content): string | null {
  if (kind === 'story') return null
  return renditions.find((one) => one.language === language && one.recording !== null)?.recording ?? null
}

/** `<sha256>` or `<sha256>:<voice>`, as `contentOf` writes it. */
function soundOf(recording: string | null): string | null {
  return recording?.split(':')[0] ?? null
}

function sameChannel({ renditions }: ToPutUp) {
  return ({ channel }: Rendition) => renditions.some((one) => one.channel === channel)
}

function pressedAt({ releasedAt, proposedAt }: Release): Date {
  return releasedAt ?? proposedAt
}
