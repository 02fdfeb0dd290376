import type { Id } from '../kernel/index.ts'

/** What the public reads of a message in one language (bài trên cổng). */
export interface Article extends ArticleWords {
  readonly id: Id<'article'>
  readonly messageId: Id<'message'>
  readonly language: string
  /** The release that put it up last, and when that was pressed: an older one that comes late changes nothing. */
  readonly releaseId: Id<'release'>
  readonly releasedAt: Date
  readonly campaignId: Id<'campaign'> | null
  /** When it first went up; stays. */
  readonly publishedAt: Date
  /** When it last went up, was corrected or came down. */
  readonly changedAt: Date
  /** When its words last became others; null where they never did. */
  readonly correctedAt: Date | null
  /** Its address stays and says that it was taken down. */
  readonly withdrawnAt: Date | null
  /** The message whose articles took its place. */
  readonly replacedBy: Id<'message'> | null
}

export interface ArticleWords {
  readonly title: string
  readonly lead: string
  /** Markup, see `readMarkup`. */
  readonly body: string
  readonly callToAction: string
  /** The approved recording of it in its language; null where there is none. */
  readonly recordingSha256: string | null
}

/** A line of content under which the public finds articles (chủ đề trên cổng). */
export interface Theme {
  readonly id: Id<'portal_theme'>
  readonly campaignId: Id<'campaign'>
  readonly name: string
}

/** Which articles: of one language, and of a theme or a campaign where one is named. */
export interface Shelf {
  readonly language: string
  readonly themeId: Id<'portal_theme'> | null
  readonly campaignId: Id<'campaign'> | null
}

/** A number that the public is given. */
export interface ShownHotline {
  readonly name: string
  readonly number: string
}

/** Whether a reader of one would learn something else from the other. */
export function saysOther(one: ArticleWords, other: ArticleWords): boolean {
  const { title, lead, body, callToAction, recordingSha256 } = other
  return (
    one.title !== title ||
    one.lead !== lead ||
    one.body !== body ||
    one.callToAction !== callToAction ||
    one.recordingSha256 !== recordingSha256
  )
}
