export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (XmlElement | string)[]
}

/** An element with what stands in it: further elements, and words as they are read. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (XmlElement | string)[]
): XmlElement {
  return { name, attributes, children }
}

/** A whole document in UTF-8 and NFC (XML 1.0, fifth edition). What XML cannot say at all, as a bell, is left out. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root)}\n`
}

function written({ name, attributes, children }: XmlElement): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  if (children.length === 0) return `<${name}${said.join('')}/>`
  const inner = children.map((child) => (typeof child === 'string' ? escaped(child) : written(child)))
  return `<${name}${said.join('')}>${inner.join('')}</${name}>`
}

/** Not in `Char` (§2.2): controls, halves of a pair, and the two that are no letters. */
const UNSAYABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu
/** A parser would turn a bare line end of an attribute into a space, and a carriage return into a line end (§2.11, §3.3.3). */
const SPECIAL = /[&<>"'\r\n\t]/g

function escaped(words: string): string {
  return words
    .normalize('NFC')
    .replace(UNSAYABLE, '')
    .replace(SPECIAL, (letter) => ENTITIES[letter] ?? `&#${letter.charCodeAt(0)};`)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
