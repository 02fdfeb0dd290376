import { element, xmlDocument, type XmlElement } from '../../../platform/xml/index.ts'
import { urnOf, type Feed, type FeedEntry } from './feed.ts'

export const ATOM_TYPE = 'application/atom+xml; charset=utf-8'
const ATOM = 'http://www.w3.org/2005/Atom'
const TOMBSTONES = 'http://purl.org/atompub/tombstones/1.0'

/** As Atom (RFC 4287). What was taken down is named so (RFC 6721), for readers keep what merely leaves a feed. */
export function atomOf(feed: Feed): string {
  const root = element(
    'feed',
    { xmlns: ATOM, 'xmlns:at': TOMBSTONES, 'xml:lang': feed.language },
    element('id', {}, feed.self),
    element('title', {}, feed.title),
    element('subtitle', {}, feed.subtitle),
    element('updated', {}, feed.updatedAt.toISOString()),
    element('author', {}, element('name', {}, feed.author)),
    element('link', { rel: 'self', type: 'application/atom+xml', href: feed.self }),
    element('link', { rel: 'alternate', type: 'text/html', href: feed.page }),
    ...feed.gone.map(({ id, at }) => element('at:deleted-entry', { ref: urnOf(id), when: at.toISOString() })),
    ...feed.entries.map(entryOf),
  )
  return xmlDocument(root)
}

function entryOf({ id, address, title, summary, publishedAt, updatedAt }: FeedEntry): XmlElement {
  return element(
    'entry',
    {},
    element('id', {}, urnOf(id)),
    element('title', { type: 'text' }, title),
    element('published', {}, publishedAt.toISOString()),
    element('updated', {}, updatedAt.toISOString()),
    element('link', { rel: 'alternate', type: 'text/html', href: address }),
    ...(summary === '' ? [] : [element('summary', { type: 'text' }, summary)]),
  )
}
