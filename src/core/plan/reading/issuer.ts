import type { RegisteredOrganisation } from './reading.ts'
import { fold } from './words.ts'

/** Words that begin the name of a body in a head printed in capitals. */
const BODY =
  /^(?:uỷ ban|ubnd|ubmttq|uỷ ban mttq|hội đồng|hđnd|sở|bộ|ban|bch|công an|phòng|trung tâm|cục|chi cục|tổng cục|văn phòng|hội|đoàn|tỉnh đoàn|tỉnh uỷ|thành uỷ|huyện uỷ|thị uỷ|quận uỷ|đảng uỷ|chi bộ|mặt trận|trường|báo|đài|thủ tướng|chính phủ|chủ tịch|quốc hội|liên đoàn|liên hiệp|bảo hiểm|ngân hàng|toà án|viện|kho bạc|thanh tra|bệnh viện|trạm|tập đoàn|công ty|đảng bộ|bộ chỉ huy|liên minh|học viện|thư viện|bảo tàng|nhà văn hoá)(?=\s|$)/u
const PLACE = /^(?:tỉnh|thành phố|tp\.?|quận|huyện|thị xã|xã|phường|thị trấn|đặc khu)\s/u
const SHORT: readonly (readonly [RegExp, string])[] = [
  [/^ubnd(?=\s|$)/iu, 'Ủy ban nhân dân'],
  [/^hđnd(?=\s|$)/iu, 'Hội đồng nhân dân'],
]

/**
 * The issuer out of the cells of a head, from the top: the last body named, what follows it belonging to its name
 * (`ỦY BAN NHÂN DÂN`, `TỈNH NGHỆ AN`). Returns its cells' numbers, first and last.
 */
export function issuerCells(cells: readonly string[]): readonly [number, number] | null {
  let first = -1
  for (const [i, cell] of cells.entries()) {
    const folded = fold(cell)
    const joined = i > 0 && /(?:của|và|,|-)$/u.test(fold(cells[i - 1] ?? ''))
    if (BODY.test(folded) && !joined) first = i
  }
  if (first < 0) return null
  let last = first
  for (let i = first + 1; i < cells.length; i += 1) {
    const folded = fold(cells[i] ?? '')
    // A long name goes on over lines; a number or a motto never gets here.
    if (!PLACE.test(folded) && (cells[i] ?? '').length > 60) break
    last = i
  }
  return [first, last]
}

/** `SỞ THÔNG TIN VÀ TRUYỀN THÔNG` as it is written in a sentence; the register's spelling where it knows the body. */
export function properName(words: string, bodies: readonly RegisteredOrganisation[]): string {
  const name = words.replace(/\s+/gu, ' ').trim()
  const folded = fold(name)
  const known = bodies.find((body) => fold(body.name) === folded)
  if (known) return known.name
  let long = name
  for (const [short, full] of SHORT) long = long.replace(short, full)
  return long === long.toUpperCase() || /^Ủy ban nhân dân [\p{Lu}\s]+$/u.test(long) ? inSentence(long) : long
}

const SMALL = new Set(
  'và của về nhân dân tỉnh thành phố huyện quận xã phường thị trấn đặc khu ban trung ương với các'.split(' '),
)
const NAMES_BEGIN = new Set(['tỉnh', 'phố', 'huyện', 'quận', 'xã', 'phường', 'trấn', 'khu'])

/** Vietnamese writes place names with every word capital, names of offices with the first word of each part. */
function inSentence(name: string): string {
  const words = name.toLowerCase().split(' ')
  let place = false
  return words
    .map((word, i) => {
      const before = words[i - 1] ?? ''
      if (place) return capital(word)
      if (/^(?:ủy|uỷ)$/u.test(before) && /^(?:tỉnh|thành|huyện|thị|quận|đảng)$/u.test(words[i - 2] ?? '')) place = true
      if (place) return capital(word)
      if (NAMES_BEGIN.has(before) && !['uỷ', 'ủy', 'đoàn'].includes(word) && !(before === 'xã' && word === 'hội')) {
        if (word === 'trực') return word
        place = !(before === 'thị' && word === 'xã')
        return capital(word)
      }
      if (i === 0) return capital(word)
      const afterHead = i === 1 && /^(?:sở|bộ|ban|cục|phòng|hội|viện|báo|đài)$/u.test(before) && !SMALL.has(word)
      const newPart = before === 'và' || before === '-' || before === '–' || before.endsWith(',')
      return afterHead ||
        newPart ||
        (/^(?:tỉnh|thành|huyện|đảng|thị|quận)$/u.test(word) && /^[ủu][ỷy]$|^uỷ$|^ủy$/u.test(words[i + 1] ?? '')) ||
        (word === 'chính' && words[i + 1] === 'phủ') ||
        word === 'việt' ||
        word === 'nam'
        ? capital(word)
        : word
    })
    .join(' ')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
