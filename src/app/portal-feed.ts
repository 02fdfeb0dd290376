import { ATOM_TYPE, atomOf } from '../channels/portal/feed/atom.ts'
import type { Feed, FeedEntry } from '../channels/portal/feed/feed.ts'
import { RSS_TYPE, rssOf } from '../channels/portal/feed/rss.ts'
import { linesOf, readMarkup } from '../core/channel/index.ts'
import type { Ctx } from '../core/kernel/index.ts'
import { entriesOn, goneFrom, portalVersion, type Entry, type Shelf } from '../core/portal/index.ts'

const NEWEST = 50
/** Who asks less often than this meets no more of what was taken down than has left the feed. */
const GONE_DAYS = 90
const DAY_MS = 86_400_000
const SUMMARY_CHARACTERS = 300

/** What the page gives: its words and its addresses, which the app does not know. */
export interface FeedFrame extends Pick<Feed, 'title' | 'subtitle' | 'author' | 'self' | 'page'> {
  addressOf(articleId: string): string
}

/** The newest of a shelf as a feed of this kind. */
export async function portalFeed(
  ctx: Ctx,
  kind: 'rss' | 'atom',
  shelf: Shelf,
  { addressOf, ...frame }: FeedFrame,
): Promise<{ readonly type: string; readonly body: string }> {
  const since = new Date(ctx.clock.now().getTime() - GONE_DAYS * DAY_MS)
  const entries = (await entriesOn(ctx.db, shelf, NEWEST)).map((entry) => entryOf(entry, addressOf(entry.id)))
  const gone = (await goneFrom(ctx.db, shelf, since, NEWEST)).map(({ id, withdrawnAt }) => ({ id, at: withdrawnAt }))
  const moments = [...entries.map(({ updatedAt }) => updatedAt), ...gone.map(({ at }) => at)]
  const updatedAt = latest(moments) ?? (await portalVersion(ctx.db)).changedAt
  const feed: Feed = { ...frame, language: shelf.language, updatedAt, entries, gone }
  return kind === 'rss' ? { type: RSS_TYPE, body: rssOf(feed) } : { type: ATOM_TYPE, body: atomOf(feed) }
}

function entryOf({ id, title, lead, body, publishedAt, changedAt }: Entry, address: string): FeedEntry {
  const summary = lead === '' ? shortened(linesOf(readMarkup(body))[0] ?? '') : lead
  return { id, address, title, summary, publishedAt, updatedAt: changedAt }
}

/** Ended at a word. */
function shortened(words: string): string {
  if (words.length <= SUMMARY_CHARACTERS) return words
  return `${words.slice(0, SUMMARY_CHARACTERS).replace(/\s+\S*$/, '')} …`
}

function latest(moments: readonly Date[]): Date | null {
  return moments.length === 0 ? null : new Date(Math.max(...moments.map((moment) => moment.getTime())))
}
