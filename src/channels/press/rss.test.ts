import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { storyIdOf } from '../../core/press/index.ts'
import { anyItem, around, standingItem } from './press-item.build.ts'
import { rssOf, type RssEntry, type RssHead } from './rss.ts'

const PYTHON = '/usr/bin/python3'
const READER = join(import.meta.dirname, 'peer/read_feeds.py')
const present = spawnSync(PYTHON, ['-c', 'import feedparser']).status === 0
const whyNot = present ? '' : ' (no feedparser here; get it with: apt-get install python3-feedparser)'

const HEAD: RssHead = {
  title: 'Bản tin báo chí cho Báo & Đài',
  description: 'Tin đã duyệt',
  link: 'https://loa.example.vn/bao-chi/t',
  self: 'https://loa.example.vn/bao-chi/t/rss.xml?after=1&in=vi',
  language: 'vi',
  builtAt: new Date('2026-11-24T02:00:00Z'),
  marks: { correction: '[ĐÍNH CHÍNH]', replacement: '[TIN THAY THẾ]', kill: '[RÚT TIN]' },
}
const entry = (item = standingItem()): RssEntry => ({ item, around: around() })

interface Seen {
  readonly broken: string | false
  readonly version: string
  readonly title: string
  readonly entries: readonly {
    readonly id: string
    readonly title: string
    readonly summary: string
    readonly content: readonly string[]
    readonly tags: readonly string[]
    readonly published: readonly number[]
  }[]
}

function readByFeedparser(feeds: readonly string[]): Seen[] {
  const input = feeds.map((feed) => JSON.stringify(feed)).join('\n')
  const { stdout, stderr, status } = spawnSync(PYTHON, [READER], { input, encoding: 'utf8', maxBuffer: 1 << 28 })
  expect(status, stderr).toBe(0)
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Seen)
}

describe.skipIf(!present)(`a feed as the Universal Feed Parser reads it${whyNot}`, () => {
  test('says each item with its mark, its words, its themes and its hour', () => {
    const item = standingItem({ version: 2, editorial: 'correction' })
    const [seen] = readByFeedparser([rssOf(HEAD, [entry(item), entry()])])
    expect(seen).toMatchObject({
      broken: false,
      version: 'rss20',
      title: 'Bản tin báo chí cho Báo & Đài',
      entries: [
        {
          id: `urn:uuid:${storyIdOf(item)}:2`,
          title: '[ĐÍNH CHÍNH] Cảnh giác “việc nhẹ, lương cao”',
          summary: 'ĐÍNH CHÍNH Nhiều người bị lừa.',
          tags: ['Phòng, chống mua bán người'],
          published: [2026, 11, 24, 2, 0, 0],
        },
        { title: 'Cảnh giác “việc nhẹ, lương cao”' },
      ],
    })
    expect(seen?.entries[0]?.content[0]).toContain('<p>Gọi <strong>111</strong>, xem <a href=')
  })

  test('of what was killed says that, and no word of it', () => {
    const item = standingItem({ newestVersion: 2, newestEditorial: 'kill' })
    const [seen] = readByFeedparser([rssOf(HEAD, [entry(item)])])
    expect(seen?.entries[0]?.summary).toBe('RÚT TIN')
    expect(JSON.stringify(seen)).not.toContain('bị lừa')
  })

  test('is whole, whatever was typed', () => {
    const feeds = fc.sample(fc.array(anyItem, { minLength: 1, maxLength: 4 }), 150)
    const seen = readByFeedparser(feeds.map((items) => rssOf(HEAD, items.map(entry))))
    expect(seen).toHaveLength(150)
    seen.forEach(({ broken, version, entries }, at) => {
      expect({ broken, version, ids: entries.map(({ id }) => id) }).toEqual({
        broken: false,
        version: 'rss20',
        ids: feeds[at]?.map((item) => `urn:uuid:${storyIdOf(item)}:${item.version}`),
      })
    })
  })
})

test('two versions of one item are two entries, so that a reader shows the later one as new', () => {
  const first = standingItem({ newestVersion: 2 })
  const xml = rssOf(HEAD, [entry({ ...first, version: 2 }), entry(first)])
  const ids = [...xml.matchAll(/<guid[^>]*>([^<]+)</g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(2)
})
