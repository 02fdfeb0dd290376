import type { Finding } from '../kernel/index.ts'
import type { RenditionField, RenditionText } from './channel.ts'

/** What every channel asks of its fields: that the needed ones are written, none is too long, and a line is one line. */
export function checkFields(fields: readonly RenditionField[], text: RenditionText): Finding[] {
  return fields.flatMap(({ name, required, most, shape }): Finding[] => {
    const words = text[name] ?? ''
    const length = [...words].length
    const found: Finding[] = []
    if (required && words.trim() === '') found.push(finding('channel.empty', name, null))
    if (most !== null && length > most) {
      found.push({ ...finding('channel.too_long', name, [most, words.length]), facts: { most, length } })
    }
    const breaks = shape === 'line' ? words.indexOf('\n') : -1
    if (breaks >= 0) found.push({ ...finding('channel.line_break', name, [breaks, breaks + 1]), mend: ' ' })
    return found
  })
}

function finding(code: string, field: string, span: readonly [number, number] | null): Finding {
  return { code, weight: 'block', field, span, facts: {}, mend: null }
}
