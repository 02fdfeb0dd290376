import type { Ground } from './ground.ts'
import type { SloganFound } from './reading.ts'

const QUOTED = /[“"„«]\s*([^“”"„«»]{6,200}?)\s*[”"»]/gu
const LEAD = /(?:khẩu hiệu|thông điệp|chủ đề|slogan|phương châm|tiêu đề)(?:[^.;:]|:\s){0,60}$/u
/** Between two slogans of one list. */
const BETWEEN = /^[\s,;:.+\-–•*…]*(?:và|hoặc|hay|cùng|với|thông điệp|khẩu hiệu|là|")?[\s,;:\-–]*$/u

/** Quoted words that the text itself calls a slogan, a message or a theme of the campaign. */
export function findSlogans({ text, folded, blocks }: Ground): SloganFound[] {
  const found: SloganFound[] = []
  const seen = new Set<string>()
  let listed = false
  for (const block of blocks) {
    const words = text.slice(block.bodyStart, block.end)
    const small = folded.slice(block.bodyStart, block.end)
    let end = -1
    for (const match of words.matchAll(QUOTED)) {
      const between = end < 0 ? '' : small.slice(end, match.index)
      const follows = end >= 0 && BETWEEN.test(between)
      const opens = LEAD.test(small.slice(Math.max(0, match.index - 80), match.index))
      const alone = listed && end < 0 && /^[\s\-–+•*]*$/u.test(small.slice(0, match.index))
      if (!follows && !opens && !alone) continue
      end = match.index + match[0].length
      const slogan = (match[1] ?? '').replace(/\s+/gu, ' ')
      if (seen.has(slogan.toLowerCase())) continue
      seen.add(slogan.toLowerCase())
      found.push({
        text: slogan,
        span: [block.bodyStart + match.index, block.bodyStart + end],
        confidence: opens || follows ? 0.95 : 0.8,
      })
    }
    const opensList = /(?:khẩu hiệu|thông điệp)[^.;]{0,80}:?\s*$/u.test(small.slice(-120))
    listed = opensList || (listed && /^[\s"“]/u.test(words.slice(0, 1)))
  }
  return found
}
