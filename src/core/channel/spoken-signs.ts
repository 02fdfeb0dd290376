import { PLACE_LETTERS, RATED, UNITS } from './spoken-dictionary.ts'
import { readNumber } from './spoken-numbers.ts'

/** Addresses of the web and of mail, with their dots said; what stands behind the host is for the eye. */
export function addresses(text: string): string {
  return text
    .replace(/https?:\/\/([^\s/]+)(?:\/[^\s]*)?/gu, (_all, host: string) => `trang ${host}`)
    .replace(/(?<=[\p{L}\d])@(?=[\p{L}\d])/gu, ' a còng ')
    .replace(/\b(?:[a-z0-9-]+\.)+(?:vn|com|org|net)\b/giu, (host) => host.replaceAll('.', ' chấm '))
}

const UNIT_KEYS = Object.keys(UNITS)
  .toSorted((one, other) => other.length - one.length)
  .join('|')

/** `đồng/kg`, `lần/ngày`, `người/km2`. */
export function rates(text: string): string {
  const byUnit = new RegExp(String.raw`(?<=\p{L})/(${UNIT_KEYS})(?![\p{L}\d])`, 'gu')
  const byWord = new RegExp(String.raw`(?<=(?:^|\s)(?:${RATED})(?:\s\p{L}+)?)/(?=(?:${RATED})(?!\p{L}))`, 'giu')
  return text
    .replace(byUnit, (_all, unit: string, at: number) =>
      /đồng$/iu.test(text.slice(Math.max(0, at - 4), at)) ? ` một ${UNITS[unit]}` : ` trên ${UNITS[unit]}`,
    )
    .replace(byWord, ' một ')
    .replace(/(?<=\d)\s?\/\s?(?=\d)/g, ' trên ')
}

/** `H5N1`, `QL4D`, `A12`: letters and figures grown together are said one after the other. */
export function codes(text: string): string {
  const unit = new RegExp(String.raw`^\d[\d.,]*(?:${UNIT_KEYS})$`, 'u')
  return text.replace(/(?<![\p{L}\d.,])[\p{L}\d]*(?:\p{L}\d|\d\p{L})[\p{L}\d]*/gu, (code) =>
    unit.test(code) || code in UNITS ? code : code.replace(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/gu, ' '),
  )
}

/**
 * `P. Cam Đường`, `Q.1`: only in an address. The name of nobody, as in “chị P. kể”, must not become a ward.
 */
export function placeLetters(text: string): string {
  const before = String.raw`(?<=^|[,;:(–-]\s*|(?:tại|ở|đến|về|thuộc|địa bàn|Công an|UBND|nhân dân)\s+)`
  const named = new RegExp(String.raw`${before}([PQHXĐ])\.\s?(?=\p{Lu}\p{Ll})`, 'gmu')
  return text
    .replace(/(?<![\p{L}\d.])([PQ])\.\s?(?=\d)/gu, (_all, letter: string) => `${PLACE_LETTERS[letter]} `)
    .replace(named, (_all, letter: string) => `${PLACE_LETTERS[letter]} `)
}

/** What is left of signs when numbers and abbreviations are words: said where it says something, else dropped. */
export function signs(text: string): string {
  return text
    .replace(/\s*&\s*/g, ' và ')
    .replace(/(?<=\p{L})\s?%/gu, ' phần trăm')
    .replace(/%/g, 'phần trăm')
    .replace(/["“”„«»*_#<>{}[\]|\\^~`]/g, ' ')
    .replace(/^[ \t]*[-–•+]\s*/gmu, '')
    .replace(/\s+[-–—]\s+/g, ', ')
    .replace(/(?<=[\p{L}\d])\s?\/\s?(?=[\p{L}\d])/gu, ', ')
    .replace(/\s*\+\s*/g, ' cộng ')
    .replace(/\s*=\s*/g, ' bằng ')
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/ (?=[,.;:!?…)])/g, '')
    .replace(/^ +| +$/gm, '')
    .trim()
}

/** Signs before a figure that mean a word. */
export function compared(text: string): string {
  return text
    .replace(/(?:>=|≥)\s*(?=\d)/g, ' từ ')
    .replace(/(?:<=|≤)\s*(?=\d)/g, ' không quá ')
    .replace(/>\s*(?=\d)/g, ' trên ')
    .replace(/<\s*(?=\d)/g, ' dưới ')
    .replace(/[~≈]\s*(?=\d)/g, ' khoảng ')
    .replace(/±\s*(?=\d)/g, ' cộng trừ ')
    .replace(/(?<=^|[\s(])[-−](?=\d[\d.,]*\s?°)/gmu, 'âm ')
    .replace(/(?<=\d)\.(?=\d{1,2}(?!\d))/g, ' chấm ')
}

/** Long rows of figures are numbers of accounts and papers: nobody says them as a quantity. */
export function longNumbers(text: string): string {
  return text.replace(/(?<![\d.,])\d{9,}(?![\d]|[.,]\d)/g, (row) =>
    [...row].map((digit) => readNumber(digit)).join(' '),
  )
}
