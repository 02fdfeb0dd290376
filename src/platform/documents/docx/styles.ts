import { Parser } from 'htmlparser2'

export interface Style {
  basedOn: string | null
  list: string | null
  level: number | null
  font: string | null
  capitals: boolean | null
}

export interface Styles {
  /** The style with everything it takes over from those it is based on. */
  resolve(id: string | null): Style
}

const NONE: Style = { basedOn: null, list: null, level: null, font: null, capitals: null }

/** What the styles of a Word file say about numbering, fonts and capitals; nothing else is read. */
export function readStyles(xml: string | null): Styles {
  const styles = new Map<string, Style>()
  const defaults: Style = { ...NONE }
  let style: Style | null = null
  let standard: string | null = null
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const value = attributes['w:val'] ?? null
        if (name === 'w:rPrDefault') style = defaults
        if (name === 'w:style') {
          style = { ...NONE }
          const id = attributes['w:styleId'] ?? ''
          styles.set(id, style)
          if (attributes['w:type'] === 'paragraph' && attributes['w:default'] === '1') standard = id
        }
        if (!style) return
        if (name === 'w:basedOn') style.basedOn = value
        if (name === 'w:numId') style.list = value
        if (name === 'w:ilvl') style.level = Number(value)
        if (name === 'w:rFonts') style.font = attributes['w:ascii'] ?? attributes['w:hAnsi'] ?? style.font
        if (name === 'w:caps') style.capitals = value !== '0' && value !== 'false'
      },
      onclosetag(name) {
        if (name === 'w:style' || name === 'w:rPrDefault') style = null
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(xml ?? '')

  return {
    resolve(id) {
      const found: Style = { ...NONE }
      let at = id ?? standard
      // A style based on itself, in a ring, ends after the longest honest chain.
      for (let step = 0; at !== null && step < 20; step += 1) {
        const each = styles.get(at)
        if (!each) break
        found.list ??= each.list
        found.level ??= each.level
        found.font ??= each.font
        found.capitals ??= each.capitals
        at = each.basedOn
      }
      found.font ??= defaults.font
      return found
    },
  }
}
