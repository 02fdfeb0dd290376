/** Bytes of one encoded word: with `Subject: =?UTF-8?B?` and `?=` a line has 73 characters; RFC 2047 section 2 allows 76. */
const MOST_BYTES = 39

/**
 * Words for a header field, folded. Where they hold letters beyond ASCII they are packed in encoded words (RFC 2047),
 * divided between words, not within: some readers wrongly show a gap where one encoded word ends.
 */
export function encodedWords(words: string): string {
  const tidy = words
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
  if (/^[\x20-\x7e]*$/.test(tidy) && !tidy.includes('=?')) return tidy
  return packed(tidy)
    .map((piece) => `=?UTF-8?B?${Buffer.from(piece).toString('base64')}?=`)
    .join('\r\n ')
}

/** A display name (RFC 5322 section 3.4), quoted where its letters ask for it. */
export function displayName(name: string): string {
  const encoded = encodedWords(name)
  const plain = encoded.startsWith('=?') || /^[\w !#$%&'*+/=?^`{|}~-]*$/.test(encoded)
  return plain ? encoded : `"${encoded.replace(/["\\]/g, '\\$&')}"`
}

function packed(words: string): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const part of words.split(/(?<= )/)) {
    if (Buffer.byteLength(piece + part) <= MOST_BYTES) piece += part
    else {
      if (piece !== '') pieces.push(piece)
      piece = ''
      // A word that fits nowhere is divided between its letters.
      for (const letter of part) {
        if (Buffer.byteLength(piece + letter) > MOST_BYTES) {
          pieces.push(piece)
          piece = ''
        }
        piece += letter
      }
    }
  }
  return piece === '' ? pieces : [...pieces, piece]
}
