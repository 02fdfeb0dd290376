import type { LegacyEncoding } from '../encodings/mend-legacy.ts'
import { fromTcvn3 } from '../encodings/tcvn3.ts'
import { fromVni } from '../encodings/vni.ts'
import type { Style, Styles } from './styles.ts'

/** The properties of one run that change which letters a reader sees. */
export class RunText {
  hidden = false
  #font: string
  #capitals: boolean

  constructor(style?: Style) {
    this.#font = style?.font ?? ''
    this.#capitals = style?.capitals ?? false
  }

  property(name: string, attributes: Record<string, string>, styles: Styles): void {
    const off = attributes['w:val'] === '0' || attributes['w:val'] === 'false'
    if (name === 'w:vanish') this.hidden = !off
    if (name === 'w:caps') this.#capitals = !off
    if (name === 'w:rFonts') this.#font = attributes['w:ascii'] ?? attributes['w:hAnsi'] ?? this.#font
    if (name === 'w:rStyle') {
      const style = styles.resolve(attributes['w:val'] ?? null)
      this.#font = style.font ?? this.#font
      this.#capitals = style.capitals ?? this.#capitals
    }
  }

  /** TCVN3 fonts are named `.Vn…`, VNI fonts `VNI-…`: the maker's names, kept by everyone since. */
  get legacy(): LegacyEncoding | null {
    if (/^\.Vn/i.test(this.#font)) return 'tcvn3'
    return /^VNI[- ]/i.test(this.#font) ? 'vni' : null
  }

  convert(text: string): string {
    const unicode =
      this.legacy === null || isUnicode(text) ? text : this.legacy === 'vni' ? fromVni(text) : fromTcvn3(text)
    // `.VnTimeH` and its kin draw capitals from small letters.
    const raised = this.#capitals || (this.legacy === 'tcvn3' && /H$/.test(this.#font))
    return raised ? unicode.toUpperCase() : unicode
  }
}

// Text pasted from elsewhere keeps the font's name and is Unicode all the same.
function isUnicode(text: string): boolean {
  return /[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]/.test(text)
}
