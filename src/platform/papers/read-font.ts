/** What is asked of a TrueType file: which letters it draws, and how wide. */
export interface FontMeasures {
  has(codePoint: number): boolean
  /** Points, set at `sizePt` without kerning. */
  widthOf(text: string, sizePt: number): number
}

/** Reads `cmap` (format 4) and `hmtx` of a TrueType file (OpenType 1.9). @throws Error for a file of another kind */
export function readFont(bytes: Uint8Array): FontMeasures {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tables = tablesOf(view)
  const table = (tag: string) => tables.get(tag) ?? missing(tag)
  const glyphs = glyphsOf(view, table('cmap'))
  const unitsPerEm = view.getUint16(table('head') + 18)
  const advances = view.getUint16(table('hhea') + 34)
  const widths = table('hmtx')
  const advanceOf = (glyph: number) => view.getUint16(widths + 4 * Math.min(glyph, advances - 1))
  return {
    has: (codePoint) => glyphs.has(codePoint),
    widthOf(text, sizePt) {
      let units = 0
      for (const letter of text) units += advanceOf(glyphs.get(letter.codePointAt(0) ?? 0) ?? 0)
      return (units * sizePt) / unitsPerEm
    },
  }
}

function missing(tag: string): never {
  throw new Error(`The font has no table ${tag}`)
}

function tablesOf(view: DataView): Map<string, number> {
  const tables = new Map<string, number>()
  for (let at = 0; at < view.getUint16(4); at++) {
    const record = 12 + 16 * at
    const tag = [0, 1, 2, 3].map((byte) => String.fromCharCode(view.getUint8(record + byte))).join('')
    tables.set(tag, view.getUint32(record + 8))
  }
  return tables
}

/** Glyphs by code point, of the Unicode subtable for the Basic Multilingual Plane. */
function glyphsOf(view: DataView, cmap: number): Map<number, number> {
  const start = subtableOf(view, cmap)
  const segments = view.getUint16(start + 6) / 2
  const [ends, starts] = [start + 14, start + 16 + 2 * segments]
  const [deltas, offsets] = [starts + 2 * segments, starts + 4 * segments]
  const glyphs = new Map<number, number>()
  for (let segment = 0; segment < segments; segment++) {
    const [first, last] = [view.getUint16(starts + 2 * segment), view.getUint16(ends + 2 * segment)]
    const [delta, offset] = [view.getUint16(deltas + 2 * segment), view.getUint16(offsets + 2 * segment)]
    for (let code = first; code <= last && code < 0xffff; code++) {
      const raw = offset === 0 ? code : view.getUint16(offsets + 2 * segment + offset + 2 * (code - first))
      const glyph = raw === 0 ? 0 : (raw + delta) & 0xffff
      if (glyph !== 0) glyphs.set(code, glyph)
    }
  }
  return glyphs
}

function subtableOf(view: DataView, cmap: number): number {
  for (let at = 0; at < view.getUint16(cmap + 2); at++) {
    const start = cmap + view.getUint32(cmap + 8 + 8 * at)
    if (view.getUint16(start) === 4) return start
  }
  throw new Error('The font has no subtable of format 4')
}
