import type { Day } from '../kernel/index.ts'
import { DOCUMENT_TYPES, type DocumentType, type Letterhead } from './paper.ts'

/** Blanks where a number or a day is to be written by hand. */
const OPEN = '\u00a0'.repeat(6)

/** `05`, `12`, `107`: a number below ten gets a nought before it (decree 30/2020, annex I, part I, II.3c). */
export function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}

/** `KH-SVHTTDL`; of a letter the body and the unit that wrote it: `SVHTTDL-VHCS`. */
export function symbolOf(type: DocumentType, abbreviation: string, unit: string): string {
  const { code } = DOCUMENT_TYPES[type]
  return [code, abbreviation, code === null ? unit : ''].filter(Boolean).join('-')
}

/** `Số: 05/KH-SVHTTDL`, with room for the number while none is taken. */
export function numberLine(number: number | null, symbol: string): string {
  return `Số: ${number === null ? OPEN : twoDigits(number)}/${symbol}`
}

/** `ngày 05 tháng 01 năm 2026`: days below ten and the months 1 and 2 get a nought (annex I, part I, II.4b). */
export function dayInWords(day: Day | null): string {
  if (day === null) return `ngày ${OPEN} tháng ${OPEN} năm ${OPEN}`
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return `ngày ${twoDigits(date)} tháng ${month <= 2 ? twoDigits(month) : month} năm ${year}`
}

export function placeAndDay({ place }: Pick<Letterhead, 'place'>, day: Day | null): string {
  return `${place}, ${dayInWords(day)}`
}

const A_LINE = 26
/** What it costs to part a name elsewhere than after a comma or before `và`. */
const TORN = 12

/** A long name in two lines of about one length, parted where one would draw breath. */
export function balanced(name: string): readonly string[] {
  if (name.length <= A_LINE) return [name]
  const words = name.split(' ')
  let best: readonly string[] = [name]
  let least = Infinity
  for (let at = 1; at < words.length; at++) {
    const [first, second] = [words.slice(0, at).join(' '), words.slice(at).join(' ')]
    const breath = first.endsWith(',') || /^(VÀ|TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU) /u.test(second)
    const cost = Math.abs(first.length - second.length) + (breath ? 0 : TORN)
    if (cost < least) [best, least] = [[first, second], cost]
  }
  return best
}

export function inCapitals(words: string): string {
  return words.toLocaleUpperCase('vi')
}
