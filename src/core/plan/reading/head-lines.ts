import { isCapitals, type Line } from './lines.ts'
import { isNoise } from './noise.ts'
import { typeAlone, typeWithTitle } from './document-types.ts'
import { fold } from './words.ts'

/** Where the head of a document stands: line numbers, the last excluded. */
export interface HeadLines {
  readonly from: number
  /** The line that says the type; null where none does. */
  readonly type: number | null
  readonly title: readonly [from: number, to: number] | null
  /** First line of the body. */
  readonly to: number
}

const MOTTO = 'cộng hoà xã hội chủ nghĩa việt nam độc lập - tự do - hạnh phúc đảng cộng sản việt nam'
const NUMBER_LINE = /(?:^|[|\s])số ?: ?.{0,14}[-/]|^số ?:/u
const PLACE_DAY = /^[^.;]{2,40}, ?ngày .{0,12}tháng .{0,12}năm/u
const PREAMBLE =
  /^(?:căn cứ|thực hiện (?:các |nghị|quyết|chỉ|kế|công|chương|hướng|luật|ý kiến|kết|thông|đề án|nhiệm|sự)|triển khai|để |nhằm |xét |theo |nhân dịp|kính gửi|thi hành|tiếp tục|trong |phát huy|năm \d|ngày \d|hưởng ứng|ủy ban|uỷ ban)/u
const MOST_LINES = 80

/** Finds the head of the document among what a portal printed above it. */
export function findHead(lines: readonly Line[], end: number): HeadLines {
  const from = firstHeadLine(lines, Math.min(end, MOST_LINES * 2))
  const last = Math.min(end, from + MOST_LINES)
  for (let i = from; i < last; i += 1) {
    const line = lines[i]
    if (!line || line.text === '' || line.text.length > 300) continue
    const folded = fold(line.text)
    if (typeAlone(folded))
      return { from, type: i, title: titleAfter(lines, i + 1, end), to: afterTitle(lines, i + 1, end) }
    if (typeWithTitle(line.text, folded)) return titled(lines, from, i, end)
    if (isHeadCell(folded, line.text)) continue
    if (i - from > 12 || /^[IVX]{1,4}[.\-/]|^1[.\-/]/u.test(line.text)) break
  }
  const body = firstBodyLine(lines, from, last)
  const title = webTitle(lines, body, last)
  return { from, type: null, title, to: title?.[1] ?? body }
}

/** The motto, a number or a place and day mark a head; what stands above them in capitals is the issuer. */
function firstHeadLine(lines: readonly Line[], last: number): number {
  const anchor = lines.findIndex((line, i) => i < last && isAnchor(line.text))
  if (anchor < 0) {
    const first = lines.findIndex((line) => line.text !== '' && !isNoise(line.text))
    return Math.max(0, first)
  }
  let from = anchor
  for (let i = anchor - 1; i >= 0 && anchor - i < 12; i -= 1) {
    const text = lines[i]?.text ?? ''
    if (text === '' || /^[-–—_=|*\s]+$/u.test(text)) continue
    if (!isCapitals(text) || text.length > 80) break
    from = i
  }
  return from
}

function isAnchor(words: string): boolean {
  if (words.length > 200 || words === '') return false
  const folded = fold(words)
  return (
    folded.includes('cộng hoà xã hội') ||
    folded.includes('đảng cộng sản việt nam') ||
    /^số ?: ?[\d\s.…]{0,14}[-/]/u.test(folded)
  )
}

function isHeadCell(folded: string, words: string): boolean {
  return (
    NUMBER_LINE.test(folded) ||
    PLACE_DAY.test(folded) ||
    isMotto(folded) ||
    /^[^\p{L}]*$/u.test(folded) ||
    isCapitals(words) ||
    words.length < 60
  )
}

export function isMotto(folded: string): boolean {
  const words = folded.replace(/[^\p{L}]+/gu, ' ').trim()
  return words.length > 3 && MOTTO.replace(/ - /gu, ' ').includes(words)
}

/** The lines of the title: capitals as long as they last, or one paragraph. */
function titleAfter(lines: readonly Line[], from: number, end: number): [number, number] | null {
  let first = from
  while (first < end && (lines[first]?.text === '' || /^[-–—_*|]+$/u.test(lines[first]?.text ?? ''))) first += 1
  const begin = lines[first]
  if (
    !begin ||
    first >= end ||
    (/^\p{Lu}/u.test(begin.text) && !isCapitals(begin.text) && PREAMBLE.test(fold(begin.text))) ||
    startsClause(begin.text)
  )
    return null
  const capitals = isCapitals(begin.text)
  let to = first + 1
  while (to < end && to - first < 10) {
    const text = lines[to]?.text ?? ''
    if (text === '' || /^[-–—_*|(]/u.test(text)) break
    if (capitals ? !isCapitals(text) : PREAMBLE.test(fold(text)) || startsClause(text) || isCapitals(text)) break
    to += 1
  }
  return [first, to]
}

function afterTitle(lines: readonly Line[], from: number, end: number): number {
  let at = titleAfter(lines, from, end)?.[1] ?? from
  while (at < end) {
    const text = lines[at]?.text ?? ''
    if (text !== '' && !/^[-–—_*|]+$/u.test(text) && !/^\((?:kèm|ban hành)/iu.test(text)) break
    at += 1
  }
  return at
}

function titled(lines: readonly Line[], from: number, at: number, end: number): HeadLines {
  let to = at + 1
  while (to < end && to - at < 6 && /^[\p{Ll},]/u.test(lines[to]?.text ?? '')) to += 1
  return { from, type: at, title: [at, to], to }
}

function firstBodyLine(lines: readonly Line[], from: number, last: number): number {
  let body = from
  for (let i = from; i < last; i += 1) {
    const text = lines[i]?.text ?? ''
    if (text === '') continue
    const folded = fold(text)
    const cell =
      text.length < 120 &&
      (isMotto(folded) || NUMBER_LINE.test(folded) || PLACE_DAY.test(folded) || /^[^\p{L}]*$/u.test(text))
    if (!cell && !(isCapitals(text) && text.length < 80 && !startsClause(text)) && !isNoise(text)) break
    body = i + 1
  }
  return body
}

/** The title a portal gives an article: one short paragraph before the first that speaks like a document. */
function webTitle(lines: readonly Line[], at: number, last: number): [number, number] | null {
  const text = lines[at]?.text ?? ''
  if (text === '' || text.length > 300 || PREAMBLE.test(fold(text)) || startsClause(text) || /[;:]$/u.test(text))
    return null
  let next = at + 1
  while (next < last && (lines[next]?.text === '' || isNoise(lines[next]?.text ?? ''))) next += 1
  return PREAMBLE.test(fold(lines[next]?.text ?? '')) ? [at, at + 1] : null
}

function startsClause(words: string): boolean {
  return /^(?:[IVX]{1,5}\s?[.\-/)]|\d{1,2}\s?[.\-/)]|Điều \d|Phần |PHẦN |Chương |[a-z]\))/u.test(words)
}
