import { linesOf, readMarkup } from '../../core/channel/index.ts'
import { publishingStatusOf, storyIdOf, type StandingItem } from '../../core/press/index.ts'
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
    element('title', escaped(head.title)),
    element('link', escaped(head.link)),
    element('description', escaped(head.description)),
    element('language', escaped(head.language)),
    element('lastBuildDate', head.builtAt.toUTCString()),
    `<atom:link rel="self" type="application/rss+xml" href="${escaped(head.self)}"/>`,
  ]
  const spaces = 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
  const channel = element('channel', [...about, ...entries.map((entry) => itemOf(head, entry))].join('\n'))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" ${spaces}>${channel}</rss>\n`
}

function itemOf({ marks }: RssHead, { item, around }: RssEntry): string {
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
    [
      element('title', escaped(mark + item.title)),
      element('link', escaped(around.answerAddress)),
      `<guid isPermaLink="false">urn:uuid:${storyIdOf(item)}:${item.version}</guid>`,
      element('pubDate', item.at.toUTCString()),
      ...item.themes.map((theme) => element('category', escaped(theme))),
      element('description', escaped(plain.filter(Boolean).join(' '))),
      element('content:encoded', escaped(html.filter(Boolean).join('\n'))),
    ].join(''),
  )
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`
}
