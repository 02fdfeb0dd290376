import { expect, test } from 'vitest'
import { LANGUAGE_TAG } from '../../core/message/index.ts'
import { publicAddress } from './public-address.ts'

const ID = '0190f5c0-7a5b-7cc1-8f3e-2b1a4c5d6e7f'
const AT = '2026-11-24T02:00:00.000Z'

test.each([
  ['/cong', '/cong'],
  ['/cong?', '/cong'],
  ['/cong?in=hmn', '/cong?in=hmn'],
  [`/cong?id=${ID}&at=${AT}&in=vi`, `/cong?in=vi&at=${encodeURIComponent(AT)}&id=${ID}`],
  ['/cong?in=zh-Hans-CN', '/cong?in=zh-Hans-CN'],
  [`/cong/${ID}`, `/cong/${ID}`],
  [`/cong/${ID}?in=en`, `/cong/${ID}`],
  [`/cong/chu-de/${ID}?in=en`, `/cong/chu-de/${ID}?in=en`],
  [`/cong/dot/${ID}`, `/cong/dot/${ID}`],
  [`/cong/rss.xml?theme=${ID}&in=vi`, `/cong/rss.xml?in=vi&theme=${ID}`],
  ['/cong/atom.xml', '/cong/atom.xml'],
])('%s is the page %s', (url, address) => {
  expect(publicAddress(url)).toBe(address)
})

test.each(['/', '/messages', '/cong/', '/congo', `/cong/${ID}/${ID}`, `/cong/${ID}/nghe`, '/cong/x', '/cong/rss.xml/'])(
  '%s is no public page of the cache',
  (url) => {
    expect(publicAddress(url)).toBeNull()
  },
)

test.each([
  '/cong?utm_source=x',
  '/cong?in=<script>',
  '/cong?in=vi%0aset-cookie:x',
  '/cong?at=2026',
  '/cong?id=1',
  '/cong?in=',
  '/cong?lang=en&done=message_saved',
])('%s asks nothing that a page knows of', (url) => {
  expect(publicAddress(url)).toBe('/cong')
})

test('a language of messages can be asked for, and nothing that is none', () => {
  const tags = ['vi', 'hmn', 'zh-Hans', 'es-419', 'vi-VN', 'VI', 'v', 'vi-', 'abcd', 'vi-vn']
  for (const tag of tags) {
    expect(publicAddress(`/cong?in=${tag}`)).toBe(LANGUAGE_TAG.test(tag) ? `/cong?in=${tag}` : '/cong')
  }
})
