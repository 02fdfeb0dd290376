import { dayRanges, days, monthsAndYears, times } from './spoken-days.ts'
import { ABBREVIATIONS, UNITS } from './spoken-dictionary.ts'
import { notations } from './spoken-notations.ts'
import { readNumber, readPhone, romanValue, valueWords } from './spoken-numbers.ts'
import { addresses, codes, compared, longNumbers, placeLetters, rates, signs } from './spoken-signs.ts'

export interface SpokenOptions {
  /** Numbers to call, read digit by digit wherever they stand. */
  readonly hotlines?: readonly string[]
  /** More abbreviations, or other readings of ours. */
  readonly dictionary?: Readonly<Record<string, string>>
}

const CALLED =
  /(?:gọi|tổng đài|đường dây nóng|hotline|số điện thoại|điện thoại|bấm|số máy)[^.;\n\d]{0,60}(?:1\d{2}[^.;\n\d]{1,10}){0,4}$/iu
/** Behind these stands a Roman number; behind the second row not one of a single C or L, which is a letter there. */
const ROMAN_BEFORE = 'chương|khóa|khoá|phần|mục|thế kỷ|thế kỉ|quý|kỳ|lần thứ|thứ|đợt|tập|phụ lục|đại hội'
const GRADED_BEFORE = 'loại|cấp|bậc|khu|khu vực|hạng|vùng|nhóm'

/**
 * A text as it is read out over a loudspeaker: numbers, days, phone numbers, notations and abbreviations in words.
 * Linear in the length of the text; what it does not know it leaves as it stands. Said twice it is the same.
 */
export function spokenForm(text: string, options: SpokenOptions = {}): string {
  const hotlines = new Set((options.hotlines ?? []).map((number) => number.replace(/\D/g, '')))
  const dictionary = { ...ABBREVIATIONS, ...options.dictionary }
  return [
    addresses,
    notations,
    (words: string) => abbreviations(words, dictionary, true),
    dayRanges,
    days,
    monthsAndYears,
    times,
    (words: string) => phones(words, hotlines),
    longNumbers,
    romans,
    placeLetters,
    compared,
    rates,
    codes,
    numbers,
    (words: string) => abbreviations(words, dictionary, false),
    signs,
  ].reduce((words, pass) => pass(words), text.normalize('NFC'))
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
  const roman = new RegExp(
    String.raw`(?<=(?<!\p{L})(?:${ROMAN_BEFORE})\s+)([IVXLC]+)(?![\p{L}\d])|(?<=(?<!\p{L})(?:${GRADED_BEFORE})\s+)([IVX]+)(?![\p{L}\d])`,
    'giu',
  )
  return text.replace(roman, (all) =>
    all === all.toUpperCase() && romanValue(all) > 0 ? readNumber(String(romanValue(all))) : all,
  )
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

/** `grown` are those with signs or figures within, which later passes would take apart; they go first. */
function abbreviations(text: string, dictionary: Readonly<Record<string, string>>, grown: boolean): string {
  const keys = Object.keys(dictionary)
    .filter((key) => /[^\p{L}.]/u.test(key) === grown)
    .toSorted((one, other) => other.length - one.length)
    .map((key) => key.replace(/[.+*?^$()|[\]{}\\]/g, String.raw`\$&`))
  if (keys.length === 0) return text
  const known = new RegExp(String.raw`(?<![\p{L}\d])(?:${keys.join('|')})(?![\p{L}\d])`, 'gu')
  return text.replace(known, (key) => dictionary[key] ?? key)
}
