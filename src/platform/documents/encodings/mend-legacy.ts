import { isSyllable } from './syllable.ts'
import { fromTcvn3 } from './tcvn3.ts'
import { fromVni } from './vni.ts'

export type LegacyEncoding = 'tcvn3' | 'vni'

const CONVERT: Readonly<Record<LegacyEncoding, (text: string) => string>> = { tcvn3: fromTcvn3, vni: fromVni }
/** Letters only Unicode text has: outside Latin-1, so no legacy byte was taken for them. */
const UNICODE_VIETNAMESE = /[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300\u0301\u0303\u0309\u0323]/
const WORDS_AT_LEAST = 4

/**
 * Recognises text typed in a TCVN3 or VNI font (it comes as Latin-1 lookalikes) by how many of its marked words
 * become Vietnamese syllables, and turns it into Unicode line by line; lines already in Unicode stay.
 */
export function mendLegacy(text: string): { text: string; encoding: LegacyEncoding | null } {
  const suspect = text
    .split('\n')
    .filter((line) => !UNICODE_VIETNAMESE.test(line))
    .join('\n')
  const encoding = recogniseLegacy(suspect)
  if (!encoding) return { text, encoding: null }
  const convert = CONVERT[encoding]
  const mended = text.split('\n').map((line) => (UNICODE_VIETNAMESE.test(line) ? line : convert(line)))
  return { text: mended.join('\n'), encoding }
}

function recogniseLegacy(text: string): LegacyEncoding | null {
  const asIs = syllableShare(text)
  const shares = (['tcvn3', 'vni'] as const).map((name) => ({ name, share: syllableShare(text, CONVERT[name]) }))
  const best = shares.reduce((a, b) => (b.share > a.share ? b : a))
  return best.share > 0.6 && best.share > asIs + 0.3 ? best.name : null
}

/** Share of the words with a letter beyond ASCII that are Vietnamese syllables once converted; 0 for too few words. */
export function syllableShare(text: string, convert: (text: string) => string = (same) => same): number {
  const words =
    text
      .slice(0, 200_000)
      .match(/[A-Za-z\u0080-\u1eff]+/g)
      ?.filter((word) => /[^\x00-\x7f]/.test(word)) ?? []
  if (words.length < WORDS_AT_LEAST) return 0
  const good = words.filter((word) => isWord(convert(word))).length
  return good / words.length
}

function isWord(word: string): boolean {
  const letters = word.replace(/^[^\p{L}\p{M}]+|[^\p{L}\p{M}]+$/gu, '')
  return /[^\x00-\x7f]/.test(letters) && isSyllable(letters)
}
