/** GSM 03.38 (3GPP TS 23.038 §6.2.1): the place of each character is its code; the escape stands at 0x1b. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const ESCAPE = 0x1b
/** What follows an escape (§6.2.1.1). */
const EXTENDED: readonly (readonly [string, number])[] = [
  ['\f', 0x0a],
  ['^', 0x14],
  ['{', 0x28],
  ['}', 0x29],
  ['\\', 0x2f],
  ['[', 0x3c],
  ['~', 0x3d],
  [']', 0x3e],
  ['|', 0x40],
  ['€', 0x65],
]

const CODES = new Map<string, readonly number[]>([
  ...Array.from(BASIC, (character, code) => [character, [code]] as const),
  ...EXTENDED.map(([character, code]) => [character, [ESCAPE, code]] as const),
])
const EXTENSIONS = new Map(EXTENDED.map(([character, code]) => [code, character]))

/** One septet an octet, as SMPP carries them; what the alphabet lacks becomes `?`. */
export function writeGsm7(text: string): Buffer {
  const octets: number[] = []
  for (const character of text) octets.push(...(CODES.get(character) ?? [0x3f]))
  return Buffer.from(octets)
}

export function readGsm7(octets: Uint8Array): string {
  let text = ''
  for (let at = 0; at < octets.length; at += 1) {
    const code = octets[at] ?? 0
    if (code !== ESCAPE) text += BASIC[code] ?? '?'
    else text += EXTENSIONS.get(octets[++at] ?? 0) ?? ' ' // an escape that a phone does not know is a blank (§6.2.1.1)
  }
  return text
}

export function writeUcs2(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}

export function readUcs2(octets: Uint8Array): string {
  return new TextDecoder('utf-16be', { ignoreBOM: true }).decode(octets)
}
