import { typeAlone } from './document-types.ts'
import { findHead, type HeadLines } from './head-lines.ts'
import { isCapitals, type Line } from './lines.ts'
import { endOfDocument, isNoise, isPageNumber } from './noise.ts'
import { fold } from './words.ts'

/** What each line of the file is. `tail`: recipients and signature. */
export type Region = 'body' | 'head' | 'tail' | 'noise' | 'page'

export interface Regions {
  readonly of: readonly Region[]
  /** Which part each line is of: the document itself is 0, the plan attached to it 1. */
  readonly part: readonly number[]
  readonly head: HeadLines
  /** The head of the attached plan: where a decision has a plan behind it. */
  readonly end: number
}

const SIGNING = /^(?:(?:TM|KT|TL|TUQ|TUN|Q)\s?\.|[TK]\/[MTL]\.?)\s?(?=\p{Lu})/u
const POSITION =
  /^(?:Q\. ?|PHÓ |KT\. ?)?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|TRƯỞNG BAN|THỦ TƯỚNG|BỘ TRƯỞNG|CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG|HIỆU TRƯỞNG|TRƯỞNG PHÒNG|THỨ TRƯỞNG|CỤC TRƯỞNG|TỔNG GIÁM ĐỐC)(?:\s|$)/u
const ROMAN_FIRST = /^(?:I\s?[.\-/)]|PHẦN (?:I|THỨ NHẤT|A|1)\b|Phần (?:I|thứ nhất|1)\b|A[.)])\s*\p{Lu}?/u

export function regionsOf(lines: readonly Line[]): Regions {
  const head = findHead(lines, lines.length)
  const end = endOfDocument(lines, head.to)
  const regions: Region[] = []
  const parts: number[] = []
  let part = 0
  let now: Region = 'body'
  let clauses = 0
  let signedOff = false
  let titleOpen = false
  for (const [i, line] of lines.entries()) {
    parts.push(part)
    if (i < head.from || i >= end) regions.push('noise')
    else if (i < head.to) regions.push('head')
    else if (line.text === '') regions.push(now)
    else {
      const text = line.text
      const short = text.length < 200 ? fold(text) : ''
      const fresh: boolean = clauses > 0 || signedOff
      if (fresh && startsPart(text, short, now)) {
        part += 1
        parts[i] = part
        titleOpen = true
        now = 'body'
        clauses = 0
        signedOff = false
        regions.push(ROMAN_FIRST.test(text) ? 'body' : 'head')
        if (ROMAN_FIRST.test(text)) titleOpen = false
        continue
      }
      if (titleOpen && (isTitle(text) || text.startsWith('(')) && !/^(?:[IVX]+|\d+)\s?[.\-/)]/u.test(text)) {
        regions.push('head')
        continue
      }
      titleOpen = false
      if (now === 'body' && startsTail(text, short, fresh)) now = 'tail'
      if (now === 'body' && /^(?:[IVX]{1,5}|\d{1,2}|Điều \d+)\s?[.\-/):]|^(?:Phần|PHẦN|Chương|CHƯƠNG) \S/u.test(text))
        clauses += 1
      if (now === 'body' && /\.\/\.?$/u.test(text)) signedOff = true
      if (now === 'body' && (isPageNumber(text) || /^[-–—_=*~]{3,}$/u.test(text))) regions.push('page')
      else if (now === 'body' && clauses === 0 && part === 0 && i < head.to + 12 && isNoise(text)) regions.push('noise')
      else if (now === 'body' && clauses === 0 && isFormula(text)) regions.push('head')
      else regions.push(now)
    }
  }
  return { of: regions, part: parts, head, end }
}

function startsPart(text: string, folded: string, now: Region): boolean {
  if (folded === '') return false
  if (isCapitals(text) && (typeAlone(folded) !== null || /^(?:phụ lục|mẫu số|biểu số)\b/u.test(folded)))
    return !text.endsWith(':')
  return now === 'tail' && ROMAN_FIRST.test(text)
}

function startsTail(text: string, folded: string, fresh: boolean): boolean {
  if (/^nơi nhận\s*:?/u.test(fold(text.slice(0, 12)))) return true
  return fresh && folded !== '' && (SIGNING.test(text) || POSITION.test(text))
}

/** `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH`, `QUYẾT ĐỊNH:`: said by form, not by anyone to anyone. */
function isFormula(text: string): boolean {
  return (
    isCapitals(text) &&
    text.length < 120 &&
    !/^(?:[IVX]+|\d+|[A-Z])\s?[.\-/)]/u.test(text) &&
    !/^(?:PHẦN|CHƯƠNG|MỤC|ĐIỀU)\s/u.test(text)
  )
}

function isTitle(text: string): boolean {
  return isCapitals(text.slice(0, 20))
}
