import { doReadNumber, ReadingConfig } from 'read-vietnamese-number'
import { ABBREVIATIONS, DOCUMENT_TYPES, ISSUERS, KNOWN_DAYS, UNITS } from './spoken-dictionary.ts'

export interface SpokenOptions {
  /** Numbers to call, read digit by digit wherever they stand. */
  readonly hotlines?: readonly string[]
  /** More abbreviations, or other readings of ours. */
  readonly dictionary?: Readonly<Record<string, string>>
}

const reading = new ReadingConfig()
reading.unit = []
reading.pointText = 'phẩy'
// “Linh” is what announcers of the north say between hundreds and ones; the south says “lẻ”.
reading.oddText = 'linh'

/** A number as it is read out: `2155` → `hai nghìn một trăm năm mươi lăm`. Takes digits with `.` as the decimal point. */
export function readNumber(digits: string): string {
  return doReadNumber(digits, reading)
}

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const

/** A number to call, digit by digit with a breath between groups: `0692449137` → `không sáu chín hai, bốn bốn chín, một ba bảy`. */
export function readPhone(number: string): string {
  const digits = number.replace(/^\+84/, '0').replace(/\D/g, '')
  return groupsOf(digits)
    .map((group) => [...group].map((digit) => DIGITS[Number(digit)] ?? '').join(' '))
    .join(', ')
}

function groupsOf(digits: string): string[] {
  if (digits.length <= 4) return [digits]
  const rest = digits.slice(4)
  const size = rest.length % 3 === 1 ? 4 : 3
  return [digits.slice(0, 4), ...(rest.match(new RegExp(`.{1,${size}}`, 'g')) ?? [])]
}

const DMY = String.raw`(?<![\d/.,])(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])(?:/(\d{4}))?(?![\d/]|[.,]\d)`
const CALLED = /(?:gọi|tổng đài|đường dây nóng|hotline|số điện thoại|điện thoại|bấm|số máy)[^.;\n\d]{0,60}$/iu
const FRACTION_BEFORE = /(?:hơn|gần|khoảng|chiếm|đạt|tới|bằng|trên|quá)\s+$/iu
const FRACTION_AFTER = /^\s+(?:số|dân số|diện tích|tổng|hộ|xã|thôn|bản|người|học sinh|phụ nữ|chi phí|quãng)/iu
const ROMAN_BEFORE =
  'chương|khóa|khoá|phần|mục|thế kỷ|thế kỉ|quý|kỳ|loại|cấp|lần thứ|thứ|bậc|khu|hạng|vùng|nhóm|đợt|tập|phụ lục'

/**
 * A text as it is read out over a loudspeaker: numbers, days, phone numbers, notations and abbreviations in words.
 * Linear in the length of the text; what it does not know it leaves as it stands.
 */
export function spokenForm(text: string, options: SpokenOptions = {}): string {
  const hotlines = new Set((options.hotlines ?? []).map((number) => number.replace(/\D/g, '')))
  return [
    addresses,
    notations,
    dayRanges,
    days,
    monthsAndYears,
    times,
    (words: string) => phones(words, hotlines),
    romans,
    numbers,
    (words: string) => abbreviations(words, { ...ABBREVIATIONS, ...options.dictionary }),
    signs,
  ].reduce((words, pass) => pass(words), text.normalize('NFC'))
}

function addresses(text: string): string {
  return text
    .replace(/https?:\/\/([^\s/]+)(?:\/[^\s]*)?/gu, (_all, host: string) => `trang ${host}`)
    .replace(/\b(?:[a-z0-9-]+\.)+(?:vn|com|org|net)\b/giu, (host) => host.replaceAll('.', ' chấm '))
}

/** `QĐ 193/QĐ-TTg`, `53/2024/QH15`, `13-KL/TW`. */
function notations(text: string): string {
  const type = `(?:(${Object.keys(DOCUMENT_TYPES).join('|')}|${Object.values(DOCUMENT_TYPES).join('|')})\\s+)?`
  const state = new RegExp(
    String.raw`${type}(số\s+)?(?<![\d/])(\d{1,5})(?:/(\d{4}))?/([A-ZĐ][\p{L}]*)(\d{1,2})?(?:-([\p{L}]+))?`,
    'gu',
  )
  const party = new RegExp(
    String.raw`${type}(số\s+)?(?<![\d/])(\d{1,4})-(${Object.keys(DOCUMENT_TYPES).join('|')})/(T[WU])(?!\p{L})`,
    'gu',
  )
  return text
    .replace(
      state,
      (
        all,
        before?: string,
        so?: string,
        number?: string,
        year?: string,
        code?: string,
        term?: string,
        issuer?: string,
      ) => {
        if (code === undefined || number === undefined) return all
        const by = code === 'QH' ? `Quốc hội${term ? ` khóa ${readNumber(term)}` : ''}` : issuerWords(issuer)
        const kind = typeWords(before ?? (so ? '' : code))
        return [kind, 'số', readNumber(number), year && `năm ${readNumber(year)}`, by && `của ${by}`]
          .filter(Boolean)
          .join(' ')
      },
    )
    .replace(
      party,
      (_all, before: string | undefined, so: string | undefined, number: string, code: string, issuer: string) =>
        [typeWords(before ?? (so ? '' : code)), 'số', readNumber(number), `của ${issuerWords(issuer)}`]
          .filter(Boolean)
          .join(' '),
    )
}

function typeWords(code: string): string {
  return DOCUMENT_TYPES[code] ?? (Object.values(DOCUMENT_TYPES).includes(code) ? code : '')
}

function issuerWords(code: string | undefined): string {
  return code === undefined ? '' : (ISSUERS[code] ?? ABBREVIATIONS[code] ?? [...code].join(' '))
}

function dayRanges(text: string): string {
  const range = new RegExp(
    String.raw`(từ\s+)?(?:ngày\s+)?${DMY}\s*(?:-|–|đến|tới)\s*(?:hết\s+)?(?:ngày\s+)?${DMY}`,
    'giu',
  )
  return text.replace(
    range,
    (_all, _from, d1: string, m1: string, y1: string | undefined, d2: string, m2: string, y2?: string) =>
      `từ ${dayWords(d1, m1, y1)} đến ${dayWords(d2, m2, y2)}`,
  )
}

function days(text: string): string {
  const day = new RegExp(String.raw`(ngày\s+)?${DMY}`, 'giu')
  return text.replace(
    day,
    (all, named: string | undefined, d: string, m: string, y: string | undefined, at: number) => {
      const start = at + (named?.length ?? 0)
      if (y !== undefined || named !== undefined) return dayWords(d, m, y, all.startsWith('N') ? 'Ngày' : 'ngày')
      if (d === '24' && m === '7') return `${readNumber('24')} trên ${readNumber('7')}`
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
  const month = Number(m) === 4 ? 'tư' : readNumber(String(Number(m)))
  // The first ten days of a month are said with “mồng” in no official notice; the plain number is understood everywhere.
  return `${day} ${readNumber(String(Number(d)))} tháng ${month}${y ? ` năm ${readNumber(y)}` : ''}`
}

function monthsAndYears(text: string): string {
  return text
    .replace(
      /(tháng|quý)\s+(\d{1,2}|I{1,3}|IV)\s*\/\s*(\d{4})/giu,
      (_all, unit: string, number: string, year: string) => `${unit} ${ordinal(number)} năm ${readNumber(year)}`,
    )
    .replace(
      /(?<!\d)((?:19|20)\d{2})\s*[-–]\s*((?:19|20)\d{2})(?!\d)/gu,
      (_all, from: string, to: string) => `${readNumber(from)} đến ${readNumber(to)}`,
    )
    .replace(/tháng\s+(\d{1,2})(?![\d/])/giu, (_all, month: string) => `tháng ${ordinal(month)}`)
}

function ordinal(number: string): string {
  const value = /^\d/.test(number) ? Number(number) : romanValue(number)
  return value === 4 ? 'tư' : readNumber(String(value))
}

function times(text: string): string {
  return text.replace(
    /(?<![\d.,/])([01]?\d|2[0-4])\s?(?:h|g|:)\s?([0-5]\d)?(?![\d\p{L}])/gu,
    (all, hour: string, minute?: string) =>
      all.includes(':') && minute === undefined
        ? all
        : `${readNumber(String(Number(hour)))} giờ${minute && Number(minute) > 0 ? ` ${readNumber(String(Number(minute)))}` : ''}`,
  )
}

function phones(text: string, hotlines: ReadonlySet<string>): string {
  return text
    .replace(/(?<![\d.,])(?:(?:\+84|0)(?:[\s.-]?\d){8,10}|1[89]00(?:[\s.-]?\d){4,6})(?![\d])/gu, (number) =>
      readPhone(number),
    )
    .replace(/(?<![\d.,/])\d{3,11}(?![\d/%]|[.,]\d)/gu, (number, at: number) => {
      const short = /^1\d{2}$/.test(number) && CALLED.test(text.slice(Math.max(0, at - 80), at))
      return hotlines.has(number) || short ? readPhone(number) : number
    })
}

function romans(text: string): string {
  const roman = new RegExp(String.raw`(?<=(?:^|[\s(])(?:${ROMAN_BEFORE})\s+)([IVXLC]+)(?![\p{L}\d])`, 'giu')
  return text.replace(roman, (all) =>
    all === all.toUpperCase() && romanValue(all) > 0 ? readNumber(String(romanValue(all))) : all,
  )
}

const ROMAN = { I: 1, V: 5, X: 10, L: 50, C: 100 } as const
function romanValue(roman: string): number {
  const values = [...roman.toUpperCase()].map((letter) => ROMAN[letter as keyof typeof ROMAN] ?? 0) // letters of no number count nought
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0)
}

const NUMBER = String.raw`\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?`
function numbers(text: string): string {
  const units = Object.keys(UNITS).toSorted((one, other) => other.length - one.length)
  const counted = new RegExp(
    String.raw`(?<![\d\p{L}])(${NUMBER})(?:\s*[-–]\s*(${NUMBER}))?(?:\s?(${units.join('|')})(?![\p{L}\d]))?`,
    'gu',
  )
  return text.replace(counted, (_all, from: string, to: string | undefined, unit: string | undefined) => {
    const words = [valueWords(from), to && `đến ${valueWords(to)}`, unit && UNITS[unit]]
    return words.filter(Boolean).join(' ')
  })
}

function valueWords(written: string): string {
  return readNumber(
    written
      .replace(/^0+(?=\d)/, '')
      .replaceAll('.', '')
      .replace(',', '.'),
  )
}

function abbreviations(text: string, dictionary: Readonly<Record<string, string>>): string {
  const keys = Object.keys(dictionary)
    .toSorted((one, other) => other.length - one.length)
    .map((key) => key.replaceAll('.', String.raw`\.`))
  const known = new RegExp(String.raw`(?<![\p{L}\d])(?:${keys.join('|')})(?![\p{L}\d])`, 'gu')
  return text.replace(known, (key) => dictionary[key] ?? key)
}

function signs(text: string): string {
  return text
    .replace(/\s*&\s*/g, ' và ')
    .replace(/["“”„«»*_#]/g, '')
    .replace(/^[-–•+]\s*/gmu, '')
    .replace(/\s+[-–—]\s+/g, ', ')
    .replace(/[ \t]{2,}/g, ' ')
    .trim()
}
