import type { Id } from '../kernel/index.ts'
import type { Content } from '../message/index.ts'

/** What of an approved message stands in an issue: its words, by language. */
export type IssueWords = Pick<Content['renditions'][number], 'language' | 'fields'>

/** What went out to a list open to all, for anybody to read by its number (số bản tin). */
export interface Issue {
  readonly releaseId: Id<'release'>
  /** From 1 on, without gaps. */
  readonly number: number
  readonly messageId: Id<'message'>
  /** The release whose issue it corrects or takes the place of. */
  readonly ofReleaseId: Id<'release'> | null
  readonly publishedAt: Date
  /** Its number stays and says that it was taken back. */
  readonly withdrawnAt: Date | null
  readonly renditions: readonly IssueWords[]
}

/** The words of an issue in a language, else in Vietnamese, else in the first there is. */
export function wordsIn(renditions: readonly IssueWords[], language: string | null): IssueWords | null {
  const by = (tag: string | null) => renditions.find((one) => one.language === tag)
  return by(language) ?? by('vi') ?? renditions[0] ?? null
}
