import { KNOWN_DAYS } from './spoken-dictionary.ts'
import { ordinal, readNumber } from './spoken-numbers.ts'

const DMY = String.raw`(?<![\d/.,])(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])(?:/(\d{4}))?(?![\d/]|[.,]\d)`
const FRACTION_BEFORE = /(?:hơn|gần|khoảng|chiếm|đạt|tới|bằng|trên|quá)\s+$/iu
const FRACTION_AFTER = /^\s+(?:số|dân số|diện tích|tổng|hộ|xã|thôn|bản|người|học sinh|phụ nữ|chi phí|quãng)/iu
/** Work done around the clock: neither a day nor a share. */
const AROUND_THE_CLOCK = new Set(['24/7', '24/24'])

/** `01/7-30/9/2023` → from the first to the last; days joined by words keep their words. */
export function dayRanges(text: string): string {
  const range = new RegExp(String.raw`(từ\s+)?(?:ngày\s+)?${DMY}\s*[-–]\s*(?:ngày\s+)?${DMY}`, 'giu')
  return text.replace(
    range,
    (
      all,
      from: string | undefined,
      d1: string,
      m1: string,
      y1: string | undefined,
      d2: string,
      m2: string,
      y2?: string,
    ) => `${all.startsWith('T') && from ? 'Từ' : 'từ'} ${dayWords(d1, m1, y1)} đến ${dayWords(d2, m2, y2)}`,
  )
}

export function days(text: string): string {
  const day = new RegExp(String.raw`(ngày\s+)?${DMY}`, 'giu')
  return text.replace(
    day,
    (all, named: string | undefined, d: string, m: string, y: string | undefined, at: number) => {
      const start = at + (named?.length ?? 0)
      if (y !== undefined || named !== undefined) return dayWords(d, m, y, all.startsWith('N') ? 'Ngày' : 'ngày')
      if (AROUND_THE_CLOCK.has(`${d}/${m}`)) return `${readNumber(d)} trên ${readNumber(m)}`
      return isFraction(text, all, start, d, m) ? `${readNumber(d)} phần ${readNumber(m)}` : dayWords(d, m, undefined)
    },
  )
}

/** `1/2` is a half where a share is spoken of, and the first of February where a day is. */
function isFraction(text: string, all: string, at: number, d: string, m: string): boolean {
  const key = `${Number(d)}/${Number(m)}`
  if (FRACTION_AFTER.test(text.slice(at + all.length, at + all.length + 20))) return true
  if (FRACTION_BEFORE.test(text.slice(Math.max(0, at - 12), at))) return Number(d) < Number(m)
  if (KNOWN_DAYS.has(key) || d.startsWith('0') || m.startsWith('0')) return false
  if (/(?:dịp|lễ|sáng|trưa|chiều|tối|trước|sau|đến|từ|hết|mùng|rằm)\s+$/iu.test(text.slice(Math.max(0, at - 8), at)))
    return false
  return Number(d) < Number(m)
}

function dayWords(d: string, m: string, y: string | undefined, day = 'ngày'): string {
  // The first ten days of a month are said with “mồng” in no official notice; the plain number is understood everywhere.
  return `${day} ${readNumber(String(Number(d)))} tháng ${ordinal(m)}${y ? ` năm ${readNumber(y)}` : ''}`
}

export function monthsAndYears(text: string): string {
  return text
    .replace(
      /(tháng|quý)\s+(\d{1,2}|I{1,3}|IV)\s*\/\s*(\d{4})/giu,
      (_all, unit: string, number: string, year: string) => `${unit} ${ordinal(number)} năm ${readNumber(year)}`,
    )
    .replace(
      /(?<![\d/])((?:19|20)\d{2})\s*[-–]\s*((?:19|20)\d{2})(?!\d)/gu,
      (_all, from: string, to: string) => `${readNumber(from)} đến ${readNumber(to)}`,
    )
    .replace(/(tháng|thứ)\s+(\d{1,2})(?![\d/])/giu, (_all, what: string, number: string) => {
      const first = what.toLowerCase() === 'thứ' && Number(number) === 1
      return `${what} ${first ? 'nhất' : ordinal(number)}`
    })
}

const HOUR = String.raw`(?<![\d.,/])([01]?\d|2[0-4])\s?`
/** `h`, or what the south writes, `g`, before minutes: alone it is a gram. */
const TIME = String.raw`${HOUR}(?:h\s?([0-5]\d)?|[g:]([0-5]\d))(?![\d\p{L}])`

/** `7h30`, `05:30`, `7h-9h30`. */
export function times(text: string): string {
  const range = new RegExp(String.raw`${HOUR}(?:h\s?([0-5]\d)?|[g:]([0-5]\d))?\s?[-–]\s?${TIME}`, 'gu')
  return text
    .replace(range, (_all, h1: string, a1?: string, b1?: string, h2?: string, a2?: string, b2?: string) => {
      return `${timeWords(h1, a1 ?? b1)} đến ${timeWords(h2 ?? '', a2 ?? b2)}`
    })
    .replace(new RegExp(String.raw`${TIME}(?!:\d)`, 'gu'), (_all, hour: string, minute?: string, other?: string) =>
      timeWords(hour, minute ?? other),
    )
}

function timeWords(hour: string, minute: string | undefined): string {
  const minutes = Number(minute ?? 0)
  // A single figure behind an hour is heard as another hour, unless it says what it is.
  const said = minutes === 0 ? '' : ` ${readNumber(String(minutes))}${minutes < 10 ? ' phút' : ''}`
  return `${readNumber(String(Number(hour)))} giờ${said}`
}
