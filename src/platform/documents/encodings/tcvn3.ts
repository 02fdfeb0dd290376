import iconv from 'iconv-lite'

const TABLE = letterTable()
// `Xã` beside `HỘI`: one plain capital alone does not tell a capital font from a capital at the start.
const SHORT_BESIDE_CAPITALS =
  /(?<![\p{L}])[A-Z][^\x00-\x7f](?= \p{Lu}{2})|(?<=\p{Lu}{2} )[A-Z](?=\p{Ll})[^\x00-\x7f](?![\p{L}])/gu

/** Turns a text whose TCVN3 (ABC) bytes were taken for windows-1252 into Unicode: `KÕ ho¹ch` → `Kế hoạch`. */
export function fromTcvn3(text: string): string {
  const converted = text.replace(/[\u0080-\uffff]/g, (letter) => TABLE.get(letter) ?? letter)
  return converted.replace(/\p{L}+/gu, raiseCapitals).replace(SHORT_BESIDE_CAPITALS, (word) => word.toUpperCase())
}

// TCVN3 has no capitals with tone marks: a capital font (.VnTimeH) draws them from the small ones, so a word
// with plain capitals around marked small letters was meant in capitals.
function raiseCapitals(word: string): string {
  return /[A-ZĂÂĐÊÔƠƯ]/.test(word.slice(1)) && !/[a-z]/.test(word) ? word.toUpperCase() : word
}

function letterTable(): ReadonlyMap<string, string> {
  const table = new Map<string, string>()
  for (let byte = 0xa1; byte <= 0xfe; byte += 1) {
    const single = Buffer.from([byte])
    const letter = iconv.decode(single, 'tcvn').normalize('NFC')
    // Bytes that hold a bare tone mark or nothing in TCVN3 stay what they look like.
    if (/^\p{L}$/u.test(letter)) table.set(iconv.decode(single, 'windows-1252'), letter)
  }
  return table
}
