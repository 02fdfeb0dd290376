import { describe, expect, test } from 'vitest'
import { lengthOnX } from './networks.ts'
import { socialRules } from './social.ts'

test.each([
  ['abc', 3],
  ['à', 1],
  ['ế', 2],
  ['Cảnh giác', 10],
  ['đường', 6],
  ['“x”', 3],
  ['xem https://laocai.gov.vn/a-rat-dai/bai-viet-so-1', 27],
  ['中文', 4],
  ['👍🏽', 2],
  ['👨‍👩‍👧', 2],
])('%s counts for %d on X', (post, length) => {
  expect(lengthOnX(post)).toBe(length)
})

describe('a post', () => {
  const post = (words: string) => ({ post: words, linkTitle: 'Cảnh giác', linkDescription: '' })
  const rules = socialRules()

  test.each([
    [280, []],
    [281, ['x']],
    [2_201, ['x', 'tiktok']],
    [5_001, ['x', 'tiktok', 'youtube']],
    [63_207, ['facebook', 'x', 'tiktok', 'youtube']],
  ])('of %d plain letters does not fit %j', (length, networks) => {
    const found = rules.check(post('a'.repeat(length)), 'vi')
    expect(found.map(({ facts }) => facts['network'])).toEqual(networks)
    expect(found.every(({ weight }) => weight === 'warn')).toBe(true)
  })

  test('fits Zalo as long as nobody has said what Zalo holds, and is measured where somebody has', () => {
    expect(rules.measure(post('a'), 'vi').map(({ facts }) => facts['network'])).toEqual([
      'facebook',
      'x',
      'tiktok',
      'youtube',
    ])
    const set = socialRules({ most: { zalo: 2_000 } })
    expect(set.check(post('a'.repeat(2_001)), 'vi').map(({ facts }) => facts['network'])).toContain('zalo')
  })
})
