import type { Deadline } from './reading.ts'
import { fold } from './words.ts'

const DATE = String.raw`(?:ngày )?(\d{1,2}) ?[/.-] ?(\d{1,2})(?: ?[/.-] ?(\d{4}))?|ngày (\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?`
const INTERVAL = new RegExp(String.raw`từ (?:${DATE})(?:,)? ?(?:đến|tới|-)(?: hết)? ?(?:${DATE})`, 'u')
const UNTIL = new RegExp(
  String.raw`(?<!(?:số|căn cứ|được ban hành) )(?:(?:xong|hoàn thành|gửi|nộp|báo cáo)? ?trước|chậm nhất(?: là| vào| đến| trong)?|muộn nhất(?: là)?|đến hết|hết|hạn(?: chót| cuối)?(?: là)?|hoàn thành (?:vào|trong)) (?:${DATE})`,
  'u',
)
const MONTH =
  /(?:(?:hoàn thành|xong|thực hiện) )?(?<bound>trước|trong|vào|đến hết|chậm nhất(?: là)?(?: trong)?) tháng (\d{1,2})(?: ?\/ ?| năm )(\d{4})/u
const QUARTER = /(?:trong |vào |trước |đến hết |hết )?quý (iv|iii|ii|i|[1-4])(?: ?[/-] ?| năm )(\d{4})/u
const YEAR = /(?:đến hết|trước|chậm nhất trong) năm (\d{4})/u
const ROMAN: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4 }

/**
 * When the duty is to be done, from its folded words; `text` comes out of `original`, which has the same offsets.
 * A day without a year takes `year`. Days of documents cited (`ngày 02/12/2021`) have no bound before them and do not count.
 */
export function deadlineOf(folded: string, original: string, year: string | null): Deadline | null {
  const interval = INTERVAL.exec(folded)
  if (interval) {
    const to = isoOf(interval.slice(7, 13), year)
    const from = isoOf(interval.slice(1, 7), to?.slice(0, 4) ?? year)
    if (to) return { text: words(original, interval), from, to }
  }
  const until = UNTIL.exec(folded)
  if (until) return { text: words(original, until), from: null, to: isoOf(until.slice(1, 7), year) }
  const month = MONTH.exec(folded)
  if (month) {
    const first = `${month[3]}-${String(month[2]).padStart(2, '0')}-01`
    const before = month.groups?.['bound'] === 'trước'
    return {
      text: words(original, month),
      from: before || month.groups?.['bound'] !== 'trong' ? null : first,
      to: before ? dayBefore(first) : lastOfMonth(first),
    }
  }
  const quarter = QUARTER.exec(folded)
  if (quarter) {
    const number = ROMAN[quarter[1] ?? ''] ?? Number(quarter[1])
    const first = `${quarter[2]}-${String(number * 3 - 2).padStart(2, '0')}-01`
    const last = `${quarter[2]}-${String(number * 3).padStart(2, '0')}-01`
    return { text: words(original, quarter), from: first, to: lastOfMonth(last) }
  }
  const whole = YEAR.exec(folded)
  return whole
    ? {
        text: words(original, whole),
        from: null,
        to: whole[0].startsWith('trước') ? `${Number(whole[1]) - 1}-12-31` : `${whole[1]}-12-31`,
      }
    : null
}

/** When words stand alone as a time (`tháng 3/2024`, `15/01/2024`, `Quý II`), with the word that a sentence would put before them. */
export function deadlineNamed(written: string, year: string | null): Deadline | null {
  if (written === '') return null
  const folded = fold(written)
  for (const before of ['', 'trong ', 'hạn ']) {
    const found = deadlineOf(before + folded, before + written, year)
    if (found) return { ...found, text: written }
  }
  return { text: written, from: null, to: null }
}

function words(original: string, match: RegExpExecArray): string {
  return original
    .slice(match.index, match.index + match[0].length)
    .replace(/\s+/gu, ' ')
    .trim()
}

function isoOf(parts: readonly (string | undefined)[], year: string | null): string | null {
  const [day, month, given] = parts[0] ? parts : parts.slice(3)
  const in4 = given ?? year
  if (!day || !month || !in4) return null
  const iso = `${in4}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? null : iso
}

function lastOfMonth(first: string): string {
  const date = new Date(`${first}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return first
  date.setUTCMonth(date.getUTCMonth() + 1, 0)
  return date.toISOString().slice(0, 10)
}

function dayBefore(day: string): string | null {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return null
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}
