import { linesOf, readMarkup } from '../../core/channel/index.ts'
import { publishingStatusOf, storyIdOf, type StandingItem } from '../../core/press/index.ts'
import { element, xmlDocument, type XmlElement } from '../../platform/xml/index.ts'
import { escaped, htmlOf } from './body-html.ts'
import { editorialNote, type Surroundings } from './ninjs.ts'

export interface RssHead {
  readonly title: string
  readonly description: string
  /** The page that people read, and the address of this very feed. */
  readonly link: string
  readonly self: string
  readonly language: string
  readonly builtAt: Date
  /** What stands before the title of a correction, a replacement and a kill. */
  readonly marks: Readonly<Record<'correction' | 'replacement' | 'kill', string>>
}

export interface RssEntry {
  readonly item: StandingItem
  readonly around: Surroundings
}

/**
 * Items as RSS 2.0 (www.rssboard.org/rss-specification), newest first. RSS knows no status: a correction and a kill are
 * entries of their own with their mark in the title, and a version that is not usable any more says so instead of its words.
 */
export function rssOf(head: RssHead, entries: readonly RssEntry[]): string {
  const about = [
    element('title', {}, head.title),
    element('link', {}, head.link),
    element('description', {}, head.description),
    element('language', {}, head.language),
    element('lastBuildDate', {}, head.builtAt.toUTCString()),
    element('atom:link', { rel: 'self', type: 'application/rss+xml', href: head.self }),
  ]
  const spaces = {
    'xmlns:atom': 'http://www.w3.org/2005/Atom',
    'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  }
  const channel = element('channel', {}, ...about, ...entries.map((entry) => itemOf(head, entry)))
  return xmlDocument(element('rss', { version: '2.0', ...spaces }, channel))
}

function itemOf({ marks }: RssHead, { item, around }: RssEntry): XmlElement {
  const note = editorialNote(item, around.notes)
  const usable = publishingStatusOf(item) === 'usable'
  const mark = item.editorial === 'news' ? '' : `${marks[item.editorial]} `
  const html = [
    note && `<p><strong>${escaped(note)}</strong></p>`,
    usable && `<p>${escaped(item.lead)}</p>`,
    usable && htmlOf(readMarkup(item.body), (id) => around.pictures.find((one) => one.id === id)?.address ?? null),
    usable && `<p>${escaped(item.contact)}</p>`,
    `<p>${escaped(around.notes.answer(around.answerAddress))}</p>`,
  ]
  const plain = usable ? [note, item.lead || linesOf(readMarkup(item.body))[0]] : [note]
  return element(
    'item',
    {},
    element('title', {}, mark + item.title),
    element('link', {}, around.answerAddress),
    element('guid', { isPermaLink: 'false' }, `urn:uuid:${storyIdOf(item)}:${item.version}`),
    element('pubDate', {}, item.at.toUTCString()),
    ...item.themes.map((theme) => element('category', {}, theme)),
    element('description', {}, plain.filter(Boolean).join(' ')),
    element('content:encoded', {}, html.filter(Boolean).join('\n')),
  )
}
