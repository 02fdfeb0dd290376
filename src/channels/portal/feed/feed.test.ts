import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atomOf } from './atom.ts'
import { urnOf, type Feed, type FeedEntry } from './feed.ts'
import { complaintOfXmllint, readByOthers, whyNoReader, whyNoXmllint } from './peers.build.ts'
import { rssOf } from './rss.ts'
import { faultsOfAtom, faultsOfRss } from './rules.build.ts'

const ids = ['0190f5c0-7a5b-7cc1-8f3e-2b1a4c5d6e7f', '0190f5c0-7a5b-7cc1-8f3e-2b1a4c5d6e80']
const entry = (given: Partial<FeedEntry> = {}): FeedEntry => ({
  id: ids[0]!,
  address: `https://cong.example/cong/${given.id ?? ids[0]}`,
  title: 'Cảnh giác “việc nhẹ, lương cao”',
  summary: 'Hỏi xã trước khi đi. 5 < 6 & 7 > 6, AT&amp;T',
  publishedAt: new Date('2026-11-24T02:00:00Z'),
  updatedAt: new Date('2026-11-25T02:00:00.5Z'),
  ...given,
})
const feed = (given: Partial<Feed> = {}): Feed => ({
  title: 'Tin phòng, chống mua bán người',
  subtitle: 'Thông tin đã được duyệt.',
  language: 'vi',
  self: 'https://cong.example/cong/atom.xml?in=vi&theme=1',
  page: 'https://cong.example/cong?in=vi',
  author: 'Cổng thông tin',
  updatedAt: new Date('2026-11-25T02:00:00.5Z'),
  entries: [entry()],
  gone: [{ id: ids[1]!, at: new Date('2026-11-25T03:00:00Z') }],
  ...given,
})
/** Texts that people, files and attackers bring. */
const words = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc.constantFrom(
    ']]>',
    '<script>',
    '&amp;',
    '&#0;',
    '\u0000\u0007',
    '\ud800',
    '\ufffe',
    'Ti\u1ebf\u0301ng Vi\u00ea\u0323t',
    '\'"><',
    '\r\n\t',
  ),
)

describe.skipIf(whyNoReader !== null)(`a feed, read by others${whyNoReader ? ` (${whyNoReader})` : ''}`, () => {
  test('holds to RFC 4287 and RFC 6721 as Atom, and to RSS 2.0 and its profile as RSS', () => {
    const empty = feed({ entries: [], gone: [] })
    const many = feed({ entries: [entry(), entry({ id: crypto.randomUUID(), summary: '' })] })
    const feeds = [feed(), empty, many]
    for (const { root } of readByOthers(feeds.map(atomOf))) expect(faultsOfAtom(root)).toEqual([])
    for (const { root } of readByOthers(feeds.map(rssOf))) expect(faultsOfRss(root)).toEqual([])
  })

  test('that does not hold to them is found out', () => {
    const [atom, rss] = [atomOf(feed()), rssOf(feed())]
    const broken = [
      atom.replace(/<updated>.*?<\/updated>/, ''),
      atom.replace('2026-11-24T02:00:00.000Z', '24/11/2026'),
      atom.replace(/<author>.*<\/author>/, ''),
      atom.replace(urnOf(ids[1]!), urnOf(ids[0]!)),
      atom.replace('<title type="text">', '<title type="html">'),
      atom.replace(' rel="self"', ''),
    ]
    const wrong = [
      rss.replace(/<guid.*<\/guid>/, ''),
      rss.replace('Tue, 24 Nov 2026 02:00:00 GMT', '2026-11-24'),
      rss.replace(/<description>.*?<\/description>/, ''),
      rss.replace('<link>https://cong.example', '<link>'),
      rss.replace('version="2.0"', 'version="0.9"'),
    ]
    for (const { root } of readByOthers(broken)) expect(faultsOfAtom(root)).not.toEqual([])
    for (const { root } of readByOthers(wrong)) expect(faultsOfRss(root)).not.toEqual([])
  })

  test('is what feedparser knows as Atom 1.0 and RSS 2.0, with every word as it was written', () => {
    const [atom, rss] = readByOthers([atomOf(feed()), rssOf(feed())])
    expect([atom?.read.bozo, atom?.read.version, atom?.read.language]).toEqual([false, 'atom10', 'vi'])
    expect([rss?.read.bozo, rss?.read.version, rss?.read.language]).toEqual([false, 'rss20', 'vi'])
    const { title, address } = entry()
    const told = {
      id: urnOf(ids[0]!),
      title,
      link: address,
      publishedIsRead: true,
      updated: '2026-11-25T02:00:00.500Z',
    }
    expect(atom?.read).toMatchObject({ title: feed().title, entries: [{ ...told, summary: entry().summary }] })
    expect(rss?.read).toMatchObject({ title: feed().title, entries: [told] })
    // Read as HTML, it says the very words.
    expect(rss?.read.entries[0]?.summary).toBe('Hỏi xã trước khi đi. 5 &lt; 6 &amp; 7 &gt; 6, AT&amp;amp;T')
  })

  test('says what was taken down by its id and moment', () => {
    const [atom] = readByOthers([atomOf(feed())])
    const gone = atom?.root.children.find(({ name }) => name.endsWith('deleted-entry'))
    expect(gone?.attributes).toEqual({ ref: urnOf(ids[1]!), when: '2026-11-25T03:00:00.000Z' })
  })

  test('is well-formed and loses no letter, whatever words stand in it', () => {
    const samples = fc.sample(fc.tuple(words, words, words), { numRuns: 100, seed: 20_261_124 })
    const feeds = samples.map(([title, summary, name]) => feed({ title: name, entries: [entry({ title, summary })] }))
    const read = readByOthers([...feeds.map(atomOf), ...feeds.map(rssOf)])
    samples.forEach(([title, , name], at) => {
      const [atom, rss] = [read[at]?.root, read[at + samples.length]?.root.children[0]]
      const titles = [atom, rss].flatMap((root) => [
        root?.children.find((child) => child.name.endsWith('title'))?.text,
        root?.children.find(({ name: own }) => /entry$|item$/.test(own) && !own.endsWith('deleted-entry'))?.children[
          root === atom ? 1 : 0
        ]?.text,
      ])
      expect(titles).toEqual([sayable(name), sayable(title), sayable(name), sayable(title)])
    })
  })
})

/** What XML 1.0 can say of it, in NFC. */
function sayable(text: string): string {
  return [...text.normalize('NFC')]
    .filter((letter) => {
      const code = letter.codePointAt(0) ?? 0
      const control = code < 32 && !['\t', '\n', '\r'].includes(letter)
      return !control && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff
    })
    .join('')
}

test.skipIf(whyNoXmllint !== null)(
  `libxml2 has nothing against a feed${whyNoXmllint ? ` (${whyNoXmllint})` : ''}`,
  () => {
    expect([complaintOfXmllint(atomOf(feed())), complaintOfXmllint(rssOf(feed()))]).toEqual(['', ''])
    expect(complaintOfXmllint('<feed>')).not.toBe('')
  },
)
