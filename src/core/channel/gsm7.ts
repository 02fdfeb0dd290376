/** The default alphabet of GSM 03.38 (3GPP TS 23.038 §6.2.1), without its escape. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Its extension table: each costs two characters (§6.2.1.1). */
const EXTENDED = new Set('^{}\\[~]|€\f')

export const GSM7_CHARACTERS_PER_SMS = 160
/** A part of several carries a header of six octets (3GPP TS 23.040 §9.2.3.24.1), which leaves 153 characters. */
export const GSM7_CHARACTERS_PER_PART = 153
export const UCS2_CHARACTERS_PER_SMS = 70
export const UCS2_CHARACTERS_PER_PART = 67

/** The characters of a text that the alphabet lacks, with where they stand, in code units. */
export function outsideGsm7(text: string): { character: string; at: number }[] {
  const found: { character: string; at: number }[] = []
  let at = 0
  for (const character of text) {
    if (!BASIC.has(character) && !EXTENDED.has(character)) found.push({ character, at })
    at += character.length
  }
  return found
}

/** How many characters a text costs in the alphabet: those of the extension count twice. */
export function gsm7Length(text: string): number {
  let length = 0
  for (const character of text) length += EXTENDED.has(character) ? 2 : 1
  return length
}

/** The text cut as a phone would get it; no character is torn across two parts. */
export function smsParts(text: string, alphabet: 'gsm7' | 'ucs2'): string[] {
  const costOf = alphabet === 'gsm7' ? gsm7Length : (part: string) => part.length
  const [whole, part] =
    alphabet === 'gsm7'
      ? [GSM7_CHARACTERS_PER_SMS, GSM7_CHARACTERS_PER_PART]
      : [UCS2_CHARACTERS_PER_SMS, UCS2_CHARACTERS_PER_PART]
  if (text === '') return []
  if (costOf(text) <= whole) return [text]
  const parts: string[] = []
  let current = ''
  let cost = 0
  // By character, not code unit: an emoji of two units goes whole into the next part.
  for (const character of text) {
    const own = costOf(character)
    if (cost + own > part) {
      parts.push(current)
      current = ''
      cost = 0
    }
    current += character
    cost += own
  }
  return [...parts, current]
}

const FOLDED: Readonly<Record<string, string>> = {
  đ: 'd',
  Đ: 'D',
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '‑': '-',
  '−': '-',
  '•': '-',
  '·': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\t': ' ',
  '×': 'x',
  '½': '1/2',
  '₫': 'd',
}

/**
 * The text without diacritics, in the default alphabet of GSM alone: `Đường dây` → `Duong day`. What has no counterpart
 * becomes `?`, so that a check can point to it.
 */
export function toGsm7(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(
      /[^\u0020-\u007e\n]/gu,
      (character) => FOLDED[character] ?? character.normalize('NFD').replace(/\p{M}+/gu, ''),
    )
  return plain.replace(/[^\n]/gu, (character) => (BASIC.has(character) || EXTENDED.has(character) ? character : '?'))
}
