import { element, xmlDocument, type XmlElement } from '../../../platform/xml/index.ts'
import { urnOf, type Feed, type FeedEntry } from './feed.ts'

export const RSS_TYPE = 'application/rss+xml; charset=utf-8'
const ATOM = 'http://www.w3.org/2005/Atom'
/** Minutes after which a reader may ask again. */
const TTL_MINUTES = '5'

/** As RSS 2.0 (www.rssboard.org/rss-specification), with what its profile recommends (www.rssboard.org/rss-profile). */
export function rssOf(feed: Feed): string {
  const channel = element(
    'channel',
    {},
    element('title', {}, feed.title),
    element('link', {}, feed.page),
    element('description', {}, feed.subtitle),
    element('language', {}, feed.language),
    element('lastBuildDate', {}, feed.updatedAt.toUTCString()),
    element('ttl', {}, TTL_MINUTES),
    element('atom:link', { href: feed.self, rel: 'self', type: 'application/rss+xml' }),
    ...feed.entries.map(itemOf),
  )
  return xmlDocument(element('rss', { version: '2.0', 'xmlns:atom': ATOM }, channel))
}

function itemOf({ id, address, title, summary, publishedAt, updatedAt }: FeedEntry): XmlElement {
  return element(
    'item',
    {},
    element('title', {}, title),
    element('link', {}, address),
    element('guid', { isPermaLink: 'false' }, urnOf(id)),
    element('pubDate', {}, publishedAt.toUTCString()),
    element('atom:updated', {}, updatedAt.toISOString()),
    // Read as HTML by everyone (profile, “description”): words are first said in HTML, then in XML.
    ...(summary === '' ? [] : [element('description', {}, asHtml(summary))]),
  )
}

function asHtml(words: string): string {
  return words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
