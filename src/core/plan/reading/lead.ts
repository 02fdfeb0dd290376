import { citationsIn } from './citations.ts'
import { dayOf } from './days.ts'
import type { Block } from './ground.ts'
import type { Regions } from './regions.ts'
import type { Span } from './reading.ts'

/** What the first sentences of a copy without a head say of the document. */
export interface Lead {
  readonly type: string | null
  readonly number: string | null
  readonly symbol: string | null
  readonly notation: string | null
  readonly notationSpan: Span | null
  readonly issuedOn: string | null
  readonly daySpan: Span | null
  readonly issuer: string | null
  readonly issuerSpan: Span | null
  readonly titleSpan: Span | null
}

interface LeadGround {
  readonly text: string
  readonly folded: string
  readonly blocks: readonly Block[]
  readonly regions: Regions
}

const BODY = String.raw`uỷ ban|ubnd|hội đồng|hđnd|sở|bộ|ban|công an|phòng|trung tâm|cục|chi cục|văn phòng|tỉnh uỷ|thành uỷ|huyện uỷ|đảng uỷ|mặt trận|thủ tướng|chủ tịch|tỉnh đoàn|hội`
const SUBJECT = new RegExp(
  String.raw`(?<![\p{L}])((?:${BODY})(?: [\p{L}\-]+){0,12}?)\s*(?:đã\s+)?(?:ban hành|xây dựng|yêu cầu|đề nghị|thông báo|hướng dẫn|chỉ đạo|có)\s`,
  'gu',
)
const ISSUED = /ngày\s+(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*,/u
const MOST_BLOCKS = 6

/** Reads the unmarked paragraphs before the first clause: `Ngày 12/7/2023, Sở … ban hành Kế hoạch số 74/KH-STTTT về …`. */
export function leadOf({ text, folded, blocks }: LeadGround): Lead | null {
  const first = blocks.findIndex((block) => block.kind !== 'paragraph')
  const opening = blocks
    .slice(0, Math.min(first < 0 ? MOST_BLOCKS : first, MOST_BLOCKS))
    .filter((block) => block.kind === 'paragraph')
  let issuer: { words: string; span: Span } | null = null
  for (const block of opening) {
    const words = folded.slice(block.bodyStart, block.end)
    for (const match of words.matchAll(SUBJECT)) {
      const span: Span = [block.bodyStart + match.index, block.bodyStart + match.index + (match[1]?.length ?? 0)]
      if (!isSubject(text, span, words.slice(0, match.index))) continue
      issuer ??= { words: text.slice(...span).replace(/\s+/gu, ' '), span }
      const behind = words.slice(match.index + match[0].length, match.index + match[0].length + 12)
      const cited = citationsIn(text, folded, span[1], block.end)[0]
      if (!cited?.notation || cited.span[0] > span[1] + 20 || behind === '') continue
      return {
        ...issued(text, folded, block, cited.span, cited.notation, cited.type),
        issuer: issuer.words,
        issuerSpan: issuer.span,
      }
    }
  }
  return issuer ? { ...nothing, issuer: issuer.words, issuerSpan: issuer.span } : null
}

const nothing = {
  type: null,
  number: null,
  symbol: null,
  notation: null,
  notationSpan: null,
  issuedOn: null,
  daySpan: null,
  titleSpan: null,
}

/** A capital begins it, and a sentence or a clause of one ends before it. */
function isSubject(text: string, span: Span, before: string): boolean {
  const capital = text.charAt(span[0])
  return capital !== capital.toLowerCase() && (/[,.;:]\s*$/u.test(before) || before.trim() === '')
}

function issued(text: string, folded: string, block: Block, notationSpan: Span, notation: string, type: string | null) {
  const day = ISSUED.exec(folded.slice(block.bodyStart, notationSpan[0]))
  const at = notation.search(/[-/]/u)
  const about = /^\s*(?:về(?: việc)?\s|v\/v\s)/u.exec(folded.slice(notationSpan[1], notationSpan[1] + 20))
  const from = notationSpan[1] + (/^\s*/u.exec(about?.[0] ?? '')?.[0].length ?? 0)
  const end = /[.;](?=\s|$)/u.exec(text.slice(from, block.end))?.index ?? block.end - from
  return {
    type,
    number: notation.slice(0, at),
    symbol: notation.slice(at + 1),
    notation,
    notationSpan,
    issuedOn: day ? dayOf(day[3], day[2], day[1]) : null,
    daySpan: day ? ([block.bodyStart + day.index, block.bodyStart + day.index + day[0].length - 1] as Span) : null,
    titleSpan: about ? ([from, from + end] as Span) : null,
  }
}
