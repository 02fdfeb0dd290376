import { citationsIn } from './citations.ts'
import { dayExpressions, type DayExpression } from './days.ts'
import type { Block, Ground } from './ground.ts'
import type { PeriodFound, PeriodKind, Span } from './reading.ts'

const PEAK = /cao điểm|tháng hành động|tuần lễ|đợt (?:1|2|3|i|ii|iii)\b|tháng cao điểm|ra quân/u
const RHYTHM = new RegExp(
  String.raw`(?:định kỳ(?: hằng| hàng)?|hằng|hàng|mỗi)\s+(?:tháng|quý|năm|tuần|ngày|6 tháng|sáu tháng)(?![\p{L}])|\d{1,2}(?:\s?-\s?\d{1,2})?\s+(?:lần|buổi|lượt|kỳ|chương trình|chuyên mục|chuyên đề|tin|bài|phóng sự)(?:,\s?bài)?\s?\/\s?(?:ngày|tuần|tháng|quý|năm)`,
  'gu',
)
const TIME_HEADING = /thời gian|thời điểm|thời hạn/u
const LAST_CHANCE = /(?:báo cáo|gửi|nộp|hoàn thành|xong|tổng hợp|thẩm định)/u

/** When the campaign runs, its peaks, days that count, and rhythms. Days of cited documents are none of these. */
export function findPeriods(ground: Ground): PeriodFound[] {
  const year = yearOf(ground)
  const found: PeriodFound[] = []
  const titleSpan = ground.head.spans.title
  let campaign = false
  if (titleSpan) {
    for (const one of dayExpressions(ground.folded, titleSpan[0], titleSpan[1], year)) {
      if ((one.kind !== 'year' && one.kind !== 'years') || isTerm(ground, one)) continue
      found.push(periodOf(one, 'campaign', 0.75))
    }
  }
  for (const block of ground.blocks) {
    const timed = isTimed(ground, block)
    for (const one of expressionsOf(ground, block, year)) {
      const kind = kindOf(ground, block, one)
      if (kind === null) continue
      if (kind === 'campaign' && timed) campaign = true
      found.push(periodOf(one, kind, timed ? 0.95 : one.yearGiven ? 0.8 : 0.65))
    }
    for (const match of ground.folded.slice(block.bodyStart, block.end).matchAll(RHYTHM)) {
      const span: Span = [block.bodyStart + match.index, block.bodyStart + match.index + match[0].length]
      const words = ground.text.slice(span[0], span[1]).replace(/\s+/gu, ' ')
      found.push({ kind: 'campaign', from: null, to: null, rhythm: words, span, confidence: 0.85 })
    }
  }
  return once(campaign ? found.filter((one) => one.confidence !== 0.75 || one.span[0] !== titleSpan?.[0]) : found)
}

function expressionsOf(ground: Ground, block: Block, year: number | null): DayExpression[] {
  const all = dayExpressions(ground.folded, block.bodyStart, block.end, year)
  if (all.length === 0) return all
  const cited = citationsIn(ground.text, ground.folded, block.bodyStart, block.end)
  return all.filter(
    (one) => !cited.some(({ span }) => one.span[0] < span[1] && span[0] < one.span[1]) && !isTerm(ground, one),
  )
}

/** Null for a day that is another's: the term of an assembly, the period of a cited programme, a deadline. */
function kindOf(ground: Ground, block: Block, one: DayExpression): PeriodKind | null {
  const before = ground.folded.slice(Math.max(block.bodyStart, one.span[0] - 90), one.span[0])
  const sentence = before.slice(Math.max(before.lastIndexOf('. '), before.lastIndexOf(';')) + 1)
  if (one.relation === 'by' && LAST_CHANCE.test(sentence)) return null
  if (one.kind === 'day') {
    if (one.from === ground.head.issuedOn) return null
    if (one.relation === 'by') return 'day'
    return /(?:ngày[^.;]{0,70}|mít tinh|lễ|vào|bầu cử|hưởng ứng)\s*$/u.test(before) ||
      /^ngày/u.test(ground.folded.slice(...one.span))
      ? 'day'
      : null
  }
  if (PEAK.test(sentence)) return 'peak'
  if (one.kind === 'feast') return 'day'
  if (isTimed(ground, block)) return 'campaign'
  if (one.kind === 'interval') return 'campaign'
  if (
    /(?:phê duyệt|chương trình|đề án|kế hoạch số|nghị quyết|chỉ thị|chiến lược|về thực hiện)[^.;]{0,80}$/u.test(
      sentence,
    )
  )
    return null
  // A month or a quarter inside a sentence is when something is due, not when the campaign runs.
  if (one.kind === 'quarter' || one.kind === 'month' || isPast(ground, one)) return null
  return one.kind === 'years' || /^(?:trong|đến|từ)?\s*(?:năm|đến)/u.test(ground.folded.slice(...one.span))
    ? 'campaign'
    : null
}

function isTimed(ground: Ground, block: Block): boolean {
  const own = ground.folded.slice(block.bodyStart, Math.min(block.end, block.bodyStart + 60))
  if (TIME_HEADING.test(own)) return true
  const above = block.parent === null ? undefined : ground.blocks[block.parent]
  return (
    above !== undefined &&
    TIME_HEADING.test(ground.folded.slice(above.bodyStart, Math.min(above.end, above.bodyStart + 60)))
  )
}

function isPast({ head }: Ground, one: DayExpression): boolean {
  const last = one.to ?? one.from
  return head.issuedOn !== null && last !== null && last.slice(0, 4) < head.issuedOn.slice(0, 4)
}

function isTerm(ground: Ground, one: DayExpression): boolean {
  return /(?:nhiệm kỳ|khoá [ivx\d]+|luật [^.;]{0,60}|ra đời|thành lập|sinh)\s*$/u.test(
    ground.folded.slice(Math.max(0, one.span[0] - 80), one.span[0]),
  )
}

function periodOf(one: DayExpression, kind: PeriodKind, confidence: number): PeriodFound {
  return { kind, from: one.from, to: one.to, rhythm: null, span: one.span, confidence }
}

/** One of each, where the reader is surest of it. */
function once(periods: readonly PeriodFound[]): PeriodFound[] {
  const best = new Map<string, PeriodFound>()
  for (const one of periods) {
    const key = [one.kind, one.from, one.to, one.rhythm?.toLowerCase()].join('|')
    const other = best.get(key)
    if (!other || other.confidence < one.confidence) best.set(key, one)
  }
  return [...best.values()].sort((a, b) => a.span[0] - b.span[0])
}

/** The year that days without one are of: of the title, else of the document. */
function yearOf({ head, folded }: Ground): number | null {
  const title = head.spans.title
  const said = title ? /năm\s+(20\d\d)/u.exec(folded.slice(title[0], title[1]))?.[1] : undefined
  const year = said ?? head.issuedOn?.slice(0, 4)
  return year === undefined ? null : Number(year)
}
