import { doReadNumber, ReadingConfig } from 'read-vietnamese-number'

const reading = new ReadingConfig()
reading.unit = []
reading.pointText = 'phẩy'
// “Linh” is what announcers of the north say between hundreds and ones; the south says “lẻ”.
reading.oddText = 'linh'
// As our own texts write it.
reading.units = [[], ['nghìn'], ['triệu'], ['tỷ']]

/** A number as it is read out: `2155` → `hai nghìn một trăm năm mươi lăm`. Takes digits with `.` as the decimal point. */
export function readNumber(digits: string): string {
  return doReadNumber(digits, reading)
}

const COUNTED = 'không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|trăm'
const THOUSAND = new RegExp(String.raw`(?<=(?<!\p{L})(?:${COUNTED}|mấy|vài|hàng|chục) )nghìn(?!\p{L})`, 'gu')
const ODD = new RegExp(String.raw`(?<=(?<!\p{L})trăm )linh(?= (?:${COUNTED})(?!\p{L}))`, 'gu')

/** Numbers in words as the south says them: *ngàn* and *lẻ*, where a number stands before; the name Linh stays. */
export function southernNumbers(words: string): string {
  return words.replace(THOUSAND, 'ngàn').replace(ODD, 'lẻ')
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

/** A number as Vietnamese writes it, `1.234,5`, in words. */
export function valueWords(written: string): string {
  return readNumber(
    written
      .replace(/^0+(?=\d)/, '')
      .replaceAll('.', '')
      .replace(',', '.'),
  )
}

/** What stands behind *tháng*, *quý* and *thứ*: four is *tư* there. */
export function ordinal(number: string): string {
  const value = /^\d/.test(number) ? Number(number) : romanValue(number)
  return value === 4 ? 'tư' : readNumber(String(value))
}

const ROMAN = { I: 1, V: 5, X: 10, L: 50, C: 100 } as const

export function romanValue(roman: string): number {
  const values = [...roman.toUpperCase()].map((letter) => ROMAN[letter as keyof typeof ROMAN] ?? 0) // letters of no number count nought
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0)
}
