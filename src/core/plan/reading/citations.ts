import { CITED_TYPES, typeNamed, typeOfSymbol } from './document-types.ts'
import { dayOf } from './days.ts'
import type { Span } from './reading.ts'

/** A document named in the text: by its number, or a law by its name. */
export interface Citation {
  readonly span: Span
  readonly type: string | null
  readonly notation: string | null
  readonly issuedOn: string | null
  readonly issuer: string | null
  readonly title: string | null
}

const G = String.raw`\s{0,6}`
const SIGN = String.raw`[\p{L}\d]{1,16}`
const NOTATION = String.raw`(\d{1,5}[a-zđ]?(?:/\d{4})?)${G}([-/])${G}([\p{L}][\p{L}\d]{0,15}(?:${G}[-/]\s?${SIGN}){0,4})`
const DAY = String.raw`(?:,?\s+(?:ký\s+|ban hành\s+)?(?:ngày\s+)?(?:(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d ?\d?)\s+tháng\s+(\d ?\d?)\s+năm\s+(\d ?\d ?\d ?\d)))?`
const TYPED = new RegExp(
  String.raw`(?<![\p{L}])(?:(${CITED_TYPES.join('|').replace(/ /gu, String.raw`\s{1,6}`)})\s{1,6})?(?:liên tịch\s{1,6})?(?:số${G}:?${G})${NOTATION}${DAY}`,
  'dgu',
)
const UNNUMBERED = new RegExp(
  String.raw`(?<![\p{L}])(${CITED_TYPES.join('|').replace(/ /gu, String.raw`\s{1,6}`)})\s{1,6}${NOTATION}${DAY}`,
  'dgu',
)
const LAW = /(?<![\p{L}])(?:bộ\s+luật|luật|pháp\s+lệnh)(?=\s)/gu
/** What ends the name of a law. */
const LAW_END =
  /[;.,:()"“”]|\s(?:(?<!một )số|ngày|năm|và các|và văn bản|và những|được|đã|cho|theo|có hiệu lực|tại|trên|đến|tới|của|sẽ|trong|là|đối với|nhằm|để|về việc|quy định|cùng|hiện hành|gồm)(?=[\s,;.]|$)|\s(?:và|,)\s(?=luật|nghị|quyết|chỉ|thông|bộ luật|pháp lệnh|hướng)/u
const LAW_DAY = new RegExp(
  String.raw`^(?:${G}số${G}(\d{1,4}/\d{4}/[\p{L}\d]{2,12}))?(?:,?\s+(?:năm\s+(\d{4})|ngày\s+(?:(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d ?\d?)\s+tháng\s+(\d ?\d?)\s+năm\s+(\d{4}))))?`,
  'u',
)
const ISSUER = /^\s*(?:của|do)\s+/u
/** `và` is inside the names of ministries, and ends a name only before another document. */
const ISSUER_END =
  /[;.:()"“”]|,(?!\s(?:chống|thể thao|gia đình|du lịch|dược))|\s(?:về|khoá|phê duyệt|ban hành|quy định|triển khai|thực hiện|ngày|hướng dẫn|sửa đổi|nghị|quyết|để|đến|tổ chức|cho|trên|tăng cường|tuyên truyền|nhằm|tại|đã|có|và(?=\s(?:các|pháp lệnh|kế hoạch|công văn|luật|chỉ thị|nghị|quyết|thông tư|văn bản)))(?=[\s,;.]|$)/u
const TITLE = /^\s*(?:về(?: việc)?|v\/v|phê duyệt|ban hành|quy định|triển khai|thực hiện|hướng dẫn|sửa đổi)(?=\s)/u
const LONGEST_NAME = 160
const LONGEST_TITLE = 500

/** Documents cited between two offsets, in order. The cost is linear: each look ahead is bounded. */
export function citationsIn(text: string, folded: string, start: number, end: number): Citation[] {
  const words = folded.slice(start, end)
  const found: Citation[] = []
  const taken = new Uint8Array(words.length + 1)
  const at = new Map<number, number>()
  for (const pattern of [TYPED, UNNUMBERED]) {
    for (const match of words.matchAll(pattern)) {
      if (taken[match.index] || taken[match.index + match[0].length - 1]) continue
      taken.fill(1, match.index, match.index + match[0].length)
      at.set(start + match.index, found.length)
      found.push(numbered(text, words, match, start, end))
    }
  }
  for (const match of words.matchAll(LAW)) {
    const law = taken[match.index] ? null : lawAt(text, words, match.index, start)
    if (!law) continue
    // `Pháp lệnh … số 26/2005/PL-UBTVQH11`: the name and the number are one citation.
    const next = law.span[1] + (/^\s{0,6}/u.exec(text.slice(law.span[1], law.span[1] + 6))?.[0].length ?? 0)
    const number = at.get(next)
    const behind = number === undefined ? undefined : found[number]
    if (behind && number !== undefined && folded.startsWith('số', behind.span[0])) {
      found[number] = { ...behind, type: law.type, title: law.title, span: [law.span[0], behind.span[1]] }
    } else if (!taken[law.span[1] - start - 1]) found.push(law)
    taken.fill(1, match.index, law.span[1] - start)
  }
  return found.sort((a, b) => a.span[0] - b.span[0])
}

function numbered(text: string, words: string, match: RegExpExecArray, start: number, end: number): Citation {
  const from = start + match.index
  const to = from + match[0].length
  const [first, last] = [match.indices?.[2]?.[0] ?? match.index, match.indices?.[4]?.[1] ?? match.index]
  const notation = text
    .slice(start + first, start + last)
    .replace(/\s+/gu, '')
    .replace(/[‐-―]/gu, '-')
  const after = words.slice(to - start, to - start + LONGEST_TITLE)
  const { issuer, issuerEnd } = issuerAt(text, after, to)
  return {
    span: [from, to],
    type:
      (match[1] ? typeNamed(match[1].replace(/\s+/gu, ' ')) : null) ??
      typeOfSymbol(match[4]?.replace(/\s+/gu, '') ?? ''),
    notation,
    issuedOn: dayOf(match[7] ?? match[10], match[6] ?? match[9], match[5] ?? match[8]),
    issuer,
    title: titleAt(text, after, to, issuerEnd, end),
  }
}

function issuerAt(text: string, after: string, offset: number): { issuer: string | null; issuerEnd: number } {
  const lead = ISSUER.exec(after)
  if (!lead) return { issuer: null, issuerEnd: 0 }
  const rest = after.slice(lead[0].length, lead[0].length + LONGEST_NAME)
  const stop = ISSUER_END.exec(rest)?.index ?? rest.length
  const from = offset + lead[0].length
  const issuer = text
    .slice(from, from + stop)
    .replace(/\s+/gu, ' ')
    .trim()
  return { issuer: issuer === '' ? null : issuer, issuerEnd: lead[0].length + stop }
}

/** What the document is about, to the next semicolon or full stop. */
function titleAt(text: string, after: string, offset: number, from: number, end: number): string | null {
  const lead = TITLE.exec(
    after.slice(from).replace(/^\s*(?:khoá\s+[ivxl\d]+\s+)?/u, (skipped) => ' '.repeat(skipped.length)),
  )
  if (!lead) return null
  const skipped = lead[0].length - lead[0].trimStart().length
  const stop = /[;)]|\.(?:\s|$)/u.exec(after.slice(from))?.index ?? after.length - from
  const title = text
    .slice(offset + from + skipped, Math.min(end, offset + from + stop))
    .replace(/\s+/gu, ' ')
    .trim()
  return title === '' ? null : title
}

function lawAt(text: string, words: string, at: number, start: number): Citation | null {
  // A law is named with a capital; `pháp luật`, `luật sư` are not laws.
  if (
    /^\p{Ll}/u.test(text.slice(start + at, start + at + 1)) ||
    /^(?:luật|pháp lệnh|bộ luật) (?:sư|gia|này|mới|thay thế|về|do)(?![\p{L}])/u.test(words.slice(at, at + 30))
  )
    return null
  const name = words.slice(at, at + LONGEST_NAME)
  const first = /^(?:bộ\s+luật|luật|pháp\s+lệnh)\s+/u.exec(name)?.[0].length ?? 0
  const protectedName = name
    .replace(/phòng,\s*chống/gu, (same) => same.replace(',', ' '))
    .replace(/sửa\s+đổi,\s*bổ/gu, (same) => same.replace(',', ' '))
    .replace(/trật tự,\s*an/gu, (same) => same.replace(',', ' '))
  const amending = /^(?:luật|pháp\s+lệnh)\s+sửa/u.test(name)
  const rest = protectedName.slice(first)
  const stop = amending ? endOfAmending(rest) : (LAW_END.exec(rest)?.index ?? rest.length)
  if (stop < 4) return null
  const end = first + stop
  const day = LAW_DAY.exec(words.slice(at + end, at + end + 80))
  const full = end + (day?.[0].length ?? 0)
  return {
    span: [start + at, start + at + full],
    type: name.startsWith('luật') ? 'Luật' : name.startsWith('bộ') ? 'Bộ luật' : 'Pháp lệnh',
    notation: day?.[1]
      ? (text.slice(start + at + end, start + at + full).match(/\d{1,4}\/\d{4}\/[\p{L}\d]+/u)?.[0] ?? null)
      : null,
    issuedOn: dayOf(day?.[5] ?? day?.[8], day?.[4] ?? day?.[7], day?.[3] ?? day?.[6]),
    issuer: null,
    title: text
      .slice(start + at, start + at + end)
      .replace(/\s+/gu, ' ')
      .trim(),
  }
}

/** A law that amends others names them: `của` and `và` are inside its title. */
function endOfAmending(rest: string): number {
  return /[;.,:()"“”]|\s(?:(?<!một )số|ngày|năm|được|theo)(?=\s)/u.exec(rest)?.index ?? rest.length
}
