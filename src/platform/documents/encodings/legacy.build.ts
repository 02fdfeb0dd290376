import { fromTcvn3 } from './tcvn3.ts'
import { fromVni } from './vni.ts'

const LETTERS = [...'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY'].flatMap((vowel) =>
  ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((tone) => (vowel + tone).normalize('NFC')),
)
const LATIN = Array.from({ length: 95 }, (_, index) => String.fromCharCode(161 + index))
const TCVN3 = new Map(LATIN.map((sign) => [fromTcvn3(sign), sign]))
const VNI = new Map(
  [...'aeouyôöAEOUYÔÖ']
    .flatMap((vowel) => ['', ...LATIN].map((mark) => [fromVni(vowel + mark), vowel + mark] as const))
    .reverse(),
)
for (const sign of LATIN) if ([...LETTERS, 'đ', 'Đ'].includes(fromVni(sign))) VNI.set(fromVni(sign), sign)

/** Unicode as someone with a TCVN3 font would have typed it, seen as windows-1252. For tests. */
export function toTcvn3(text: string): string {
  return text.replace(/[^\x00-\x7f]/g, (letter) => TCVN3.get(letter) ?? letter)
}

/** Unicode as someone with a VNI font would have typed it, seen as windows-1252. For tests. */
export function toVni(text: string): string {
  return text.replace(/[^\x00-\x7f]/g, (letter) => VNI.get(letter) ?? letter)
}

/** Unicode with each tone mark as a letter of its own after its vowel, as windows-1258 keeps it. For tests. */
export function toMarked(text: string): string {
  return text.replace(/[^\x00-\x7f]/g, (letter) => {
    const parts = letter.normalize('NFD')
    const tone = /[\u0300\u0301\u0303\u0309\u0323]/.exec(parts)?.[0] ?? ''
    return parts.replace(tone, '').normalize('NFC') + tone
  })
}
