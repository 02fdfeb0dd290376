const ONSET = '(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?'
const NUCLEUS = '(?:iê|yê|ia|ya|uô|ua|ươ|ưa|uơ|uyê|uya|uy|uâ|uê|ue|uă|oa|oă|oe|oo|[aăâeêioôơuưy])'
const CODA = '(?:ng|nh|ch|[cmnptiouy])?'
const SYLLABLE = new RegExp(`^${ONSET}${NUCLEUS}${CODA}$`)
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

/** Whether a word has the shape of one Vietnamese syllable, in any case and normal form. */
export function isSyllable(word: string): boolean {
  const bare = word.toLowerCase().normalize('NFD')
  const tones = bare.match(TONES)?.length ?? 0
  return tones <= 1 && SYLLABLE.test(bare.replace(TONES, '').normalize('NFC'))
}
