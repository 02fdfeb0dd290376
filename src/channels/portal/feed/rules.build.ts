import type { ReadElement } from './peers.build.ts'

const ATOM = '{http://www.w3.org/2005/Atom}'
const TOMBSTONES = '{http://purl.org/atompub/tombstones/1.0}'
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
const RFC822 =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

/** How often an element may stand in another. */
type Counts = Readonly<Record<string, readonly [least: number, most: number]>>
const MANY = Number.POSITIVE_INFINITY

/** What an Atom feed does against RFC 4287 and RFC 6721; nothing when it is right. */
export function faultsOfAtom(root: ReadElement): string[] {
  const feed: Counts = {
    [`${ATOM}author`]: [1, MANY], // §4.1.1: unless every entry has one
    [`${ATOM}id`]: [1, 1],
    [`${ATOM}title`]: [1, 1],
    [`${ATOM}subtitle`]: [0, 1],
    [`${ATOM}updated`]: [1, 1],
    [`${ATOM}link`]: [1, MANY],
    [`${ATOM}entry`]: [0, MANY],
    [`${TOMBSTONES}deleted-entry`]: [0, MANY],
  }
  const entry: Counts = {
    [`${ATOM}id`]: [1, 1],
    [`${ATOM}title`]: [1, 1],
    [`${ATOM}updated`]: [1, 1],
    [`${ATOM}published`]: [0, 1],
    [`${ATOM}summary`]: [0, 1],
    [`${ATOM}link`]: [1, MANY],
  }
  const entries = named(root, `${ATOM}entry`)
  const gone = named(root, `${TOMBSTONES}deleted-entry`)
  return [
    ...must(root.name === `${ATOM}feed`, 'the root is atom:feed'),
    ...counted(root, feed),
    ...entries.flatMap((one) => counted(one, entry)),
    ...must(LANGUAGE.test(root.attributes['{http://www.w3.org/XML/1998/namespace}lang'] ?? ''), 'xml:lang is a tag'),
    ...[root, ...entries].flatMap(addressed),
    ...must(linksOf(root, 'self').length === 1, 'one link to itself (§4.1.1, SHOULD)'),
    ...entries.flatMap((one) => must(linksOf(one, 'alternate').length === 1, 'one alternate (§4.1.2)')),
    ...named(root, `${ATOM}author`).flatMap((one) => counted(one, { [`${ATOM}name`]: [1, 1] })),
    ...dates(root, [`${ATOM}updated`]),
    ...entries.flatMap((one) => dates(one, [`${ATOM}updated`, `${ATOM}published`])),
    ...distinct([...entries.map((one) => textOf(one, `${ATOM}id`)), textOf(root, `${ATOM}id`)]),
    ...[root, ...entries].flatMap((one) => must(isIri(textOf(one, `${ATOM}id`)), 'ids are IRIs (§4.2.6)')),
    ...entries.flatMap((one) => must(one.children.every(plain), 'texts are of type text')),
    ...gone.flatMap(({ attributes: { ref = '', when = '' } }) =>
      must(isIri(ref) && RFC3339.test(when), 'at:deleted-entry'),
    ),
    ...must(
      gone.every(({ attributes }) => entries.every((one) => textOf(one, `${ATOM}id`) !== attributes['ref'])),
      'nothing is both there and gone',
    ),
  ]
}

/** What an RSS feed does against RSS 2.0 and its profile; nothing when it is right. */
export function faultsOfRss(root: ReadElement): string[] {
  const [channel] = named(root, 'channel')
  if (root.name !== 'rss' || root.attributes['version'] !== '2.0' || !channel)
    return ['the root is rss 2.0 with a channel']
  const items = named(channel, 'item')
  const once = [1, 1] as const
  return [
    ...counted(channel, {
      title: once,
      link: once,
      description: once,
      language: once,
      lastBuildDate: once,
      ttl: once,
      [`${ATOM}link`]: once,
      item: [0, MANY],
    }),
    ...items.flatMap((item) =>
      counted(item, {
        title: once,
        link: once,
        guid: once,
        pubDate: once,
        description: [0, 1],
        [`${ATOM}updated`]: [0, 1],
      }),
    ),
    ...must(LANGUAGE.test(textOf(channel, 'language')), 'language is a tag'),
    ...must(/^\d+$/.test(textOf(channel, 'ttl')), 'ttl is a number'),
    ...must(RFC822.test(textOf(channel, 'lastBuildDate')), 'lastBuildDate is of RFC 822'),
    ...must(
      items.every((item) => RFC822.test(textOf(item, 'pubDate'))),
      'pubDate is of RFC 822',
    ),
    ...must(
      [channel, ...items].every((one) => /^https?:\/\//.test(textOf(one, 'link'))),
      'links are whole addresses',
    ),
    ...must(
      items.every((item) => named(item, 'guid')[0]?.attributes['isPermaLink'] === 'false'),
      'guid is no address',
    ),
    ...distinct(items.map((item) => textOf(item, 'guid'))),
    ...linksOf(channel, 'self').flatMap((link) =>
      must(link.attributes['type'] === 'application/rss+xml', 'atom:link names its type'),
    ),
    ...must(linksOf(channel, 'self').length === 1, 'a link to itself (profile, “atom:link”)'),
  ]
}

function named({ children }: ReadElement, name: string): ReadElement[] {
  return children.filter((child) => child.name === name)
}

function textOf(element: ReadElement, name: string): string {
  return named(element, name)[0]?.text ?? ''
}

function must(holds: boolean, rule: string): string[] {
  return holds ? [] : [rule]
}

/** Each element as often as it may stand there, and no element that is not named. */
function counted(element: ReadElement, counts: Counts): string[] {
  const strange = element.children
    .filter(({ name }) => !(name in counts))
    .map(({ name }) => `${name} in ${element.name}`)
  const wrong = Object.entries(counts).filter(([name, [least, most]]) => {
    const count = named(element, name).length
    return count < least || count > most
  })
  return [...strange, ...wrong.map(([name]) => `${name} as often as it may stand in ${element.name}`)]
}

function dates(element: ReadElement, names: readonly string[]): string[] {
  const bad = element.children.filter(({ name, text }) => names.includes(name) && !RFC3339.test(text))
  return bad.map(({ name, text }) => `${name} is of RFC 3339: ${text}`)
}

function addressed(element: ReadElement): string[] {
  return named(element, `${ATOM}link`).flatMap(({ attributes }) =>
    must(isIri(attributes['href'] ?? ''), 'href is an IRI'),
  )
}

function linksOf(element: ReadElement, rel: string): ReadElement[] {
  return named(element, `${ATOM}link`).filter(({ attributes }) => (attributes['rel'] ?? 'alternate') === rel)
}

function distinct(ids: readonly string[]): string[] {
  return must(new Set(ids).size === ids.length, 'no id stands twice')
}

function plain({ attributes, children }: ReadElement): boolean {
  return (attributes['type'] ?? 'text') !== 'html' && attributes['type'] !== 'xhtml' && children.length === 0
}

function isIri(text: string): boolean {
  return URL.canParse(text)
}
