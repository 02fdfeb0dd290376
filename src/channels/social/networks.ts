/** A network on which state bodies post, and what a post there holds. */
export interface Network {
  readonly key: 'facebook' | 'x' | 'tiktok' | 'youtube' | 'zalo'
  /** Null until somebody has looked it up and set it: what Zalo's official accounts of state bodies hold is published nowhere we know. */
  readonly most: number | null
  readonly lengthOf: (post: string) => number
}

const points = (post: string) => [...post].length

/** What a link counts for on X, however long it is, and what a letter outside the first ranges does (twitter-text config v3). */
const LINK_ON_X = 23
const WIDE_ON_X = 2
const NARROW_ON_X: readonly (readonly [from: number, to: number])[] = [
  [0, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
]

/** Length of a post as X counts it: Vietnamese letters with two marks, as ế, count twice; so do Chinese ones and emoji. */
export function lengthOnX(post: string): number {
  const links = post.match(/https?:\/\/\S+/gu) ?? []
  const words = post.normalize('NFC').replace(/https?:\/\/\S+/gu, '')
  // An emoji made of several points counts as one wide letter.
  const wide = [...new Intl.Segmenter('vi').segment(words)].map(({ segment }) => {
    if (/\p{Extended_Pictographic}/u.test(segment)) return WIDE_ON_X
    return [...segment].reduce((sum, letter) => sum + weightOnX(letter.codePointAt(0) ?? 0), 0)
  })
  return wide.reduce((sum, weight) => sum + weight, links.length * LINK_ON_X)
}

function weightOnX(point: number): number {
  return NARROW_ON_X.some(([from, to]) => point >= from && point <= to) ? 1 : WIDE_ON_X
}

/** Limits as the networks' own pages and the tools that post to them give them in 2026; a setting where they change. */
export const NETWORKS: readonly Network[] = [
  { key: 'facebook', most: 63_206, lengthOf: points },
  { key: 'x', most: 280, lengthOf: lengthOnX },
  { key: 'tiktok', most: 2_200, lengthOf: points },
  { key: 'youtube', most: 5_000, lengthOf: points },
  { key: 'zalo', most: null, lengthOf: points },
]
