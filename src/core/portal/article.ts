import type { Id } from '../kernel/index.ts'

/** What the public reads of a message in one language (bài trên cổng). */
export interface Article {
  readonly id: Id<'article'>
  readonly messageId: Id<'message'>
  readonly language: string
  readonly releaseId: Id<'release'>
  readonly title: string
  readonly lead: string
  /** Markup, see `readMarkup`. */
  readonly body: string
  readonly callToAction: string
  readonly publishedAt: Date
  readonly changedAt: Date
  /** Its address stays and says that it was taken down. */
  readonly withdrawnAt: Date | null
}
