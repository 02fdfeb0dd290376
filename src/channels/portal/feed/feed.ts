/** What those who follow the portal are told: the newest articles of one language, or of a theme in it. */
export interface Feed {
  readonly title: string
  readonly subtitle: string
  /** BCP 47. */
  readonly language: string
  /** Address of the feed itself. */
  readonly self: string
  /** Address of the page that says the same. */
  readonly page: string
  /** Whoever answers for it. */
  readonly author: string
  /** When anything in it last changed. */
  readonly updatedAt: Date
  readonly entries: readonly FeedEntry[]
  /** What was in it and was taken down. */
  readonly gone: readonly { readonly id: string; readonly at: Date }[]
}

export interface FeedEntry {
  /** A UUID: the same wherever and as often as it is told. */
  readonly id: string
  readonly address: string
  readonly title: string
  readonly summary: string
  readonly publishedAt: Date
  readonly updatedAt: Date
}

/** RFC 4122 §3: an id that is no address, for the address may move. */
export function urnOf(id: string): string {
  return `urn:uuid:${id}`
}
