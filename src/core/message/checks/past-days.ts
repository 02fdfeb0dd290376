import { isDay, type Day, type Finding } from '../../kernel/index.ts'
import { findIn, type TextFields } from './text-fields.ts'

const FULL_DAY = /(?<![\d/.])(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d{2})(?![\d/])/gu
/** Documents are cited with the day they were signed, which is always past. */
const CITED = /(?:số|luật|quyết định|nghị định|kế hoạch|chỉ thị|thông tư)[^.;\n]{0,90}$/iu

/** Days with a year that lie before `day`: an invitation to what is over. */
export function checkPastDays(fields: TextFields, day: Day): Finding[] {
  return findIn(fields, FULL_DAY, (match, text) => {
    const [, d = '', m = '', year = ''] = match
    const said = `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
    if (!isDay(said)) return { code: 'days.none', weight: 'block', facts: { day: match[0] } }
    if (said >= day || CITED.test(text.slice(Math.max(0, match.index - 110), match.index))) return null
    return { code: 'days.past', facts: { day: match[0] } }
  })
}
