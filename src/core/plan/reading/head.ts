import { dayOf } from './days.ts'
import { typeAlone, typeOfSymbol, typeWithTitle } from './document-types.ts'
import type { Block } from './ground.ts'
import { isMotto } from './head-lines.ts'
import { issuerCells, properName } from './issuer.ts'
import { leadOf } from './lead.ts'
import { isCapitals, type Line } from './lines.ts'
import type { DocumentHead, Register, Span } from './reading.ts'
import type { Regions } from './regions.ts'
import { cellsOf, readTail } from './signature.ts'
import { fold } from './words.ts'

export interface HeadGround {
  readonly text: string
  readonly folded: string
  readonly lines: readonly Line[]
  readonly regions: Regions
  readonly blocks: readonly Block[]
  readonly register: Register
}

const LONGEST_NAME = 200
type Spans = { -readonly [K in keyof DocumentHead['spans']]: DocumentHead['spans'][K] }

const NUMBER =
  /(?:^|[\s|])số\s{0,4}:?\s{0,12}([\d][\d\s]{0,6}[a-zđ]?(?:\/\d{4})?|[.…_\s]{0,30})\s{0,12}([-/])\s{0,2}([\p{L}][\p{L}\d]{0,15}(?:\s?[-/]\s?[\p{L}\d]{1,16}){0,4})/u
const PLACE_DAY =
  /((?:(?!\s{3}|\n)[\p{L} .-]){2,40}),?\s{1,4}ngày\s{1,3}(?:(\d ?\d?)|[.…_\s]{0,12})\s{0,3}tháng\s{1,3}(?:(\d ?\d?)|[.…_\s]{0,12})\s{0,3}năm\s{1,3}(\d ?\d ?\d ?\d)/u

/** Who issued what, when and where, under which number and title; null where neither head nor lead says it. */
export function readHead(ground: HeadGround): DocumentHead {
  const { text, lines, regions } = ground
  const { head } = regions
  const spans: Spans = {}
  const top = headSpan(ground)
  const lead = leadOf(ground)
  const number = numberIn(ground, top, spans)
  const day = dayIn(ground, top, spans)
  const typed = head.type === null ? null : lines[head.type]
  const type = typed ? typeIn(typed, spans) : null
  const title = titleIn(ground, spans)
  const issuer = issuerIn(ground, spans, day.place)
  const tail = readTail(lines.filter((_, i) => regions.of[i] === 'tail' && regions.part[i] === firstTailPart(regions)))
  if (tail.signatorySpan) spans.signatory = tail.signatorySpan
  if (tail.recipientsSpan) spans.recipients = tail.recipientsSpan
  const notation = number?.notation ?? (number ? null : (lead?.notation ?? null))
  if (!number && lead?.notationSpan) spans.notation = lead.notationSpan
  if (day.issuedOn === null && lead?.issuedOn && lead.daySpan) spans.issuedOn = lead.daySpan
  if (issuer === null && lead?.issuerSpan) spans.issuer = lead.issuerSpan
  if (title === null && lead?.titleSpan) spans.title = lead.titleSpan
  const symbol = number?.symbol ?? lead?.symbol ?? null
  return {
    type: type ?? lead?.type ?? (symbol === null ? null : (typeOfSymbol(symbol) ?? 'Công văn')),
    number: number?.number ?? (number ? null : (lead?.number ?? null)),
    symbol,
    notation,
    issuer: issuer ?? (lead?.issuer ? properName(lead.issuer, ground.register.organisations) : null),
    place: day.place,
    issuedOn: day.issuedOn ?? lead?.issuedOn ?? null,
    title: title ?? (lead?.titleSpan ? text.slice(...lead.titleSpan).replace(/\s+/gu, ' ') : null),
    signatory: tail.signatory,
    recipients: tail.recipients,
    spans,
  }
}

function headSpan({ lines, regions: { head } }: HeadGround): Span {
  const stop = head.type ?? head.to
  const from = lines[head.from]?.start ?? 0
  return [from, Math.max(from, lines[Math.max(head.from, stop - 1)]?.end ?? from)]
}

function firstTailPart({ of, part }: Regions): number {
  return part[of.indexOf('tail')] ?? 0
}

interface NumberFound {
  readonly number: string | null
  readonly symbol: string
  readonly notation: string | null
}

function numberIn({ text, folded }: HeadGround, [from, to]: Span, spans: Spans): NumberFound | null {
  const match = NUMBER.exec(folded.slice(from, to + 1))
  if (!match) return null
  const [whole, digits = '', sign = '/', letters = ''] = match
  const end = from + match.index + whole.length
  const start = from + match.index + (/^[\s|]/u.test(whole) ? 1 : 0)
  spans.notation = [start, end]
  const symbol = text
    .slice(end - letters.length, end)
    .replace(/\s+/gu, '')
    .replace(/[‐-―−]/gu, '-')
  const number = digits.replace(/[^\d/a-zđ]/gu, '') || null
  return { number, symbol, notation: number === null ? null : `${number}${sign}${symbol}` }
}

function dayIn(
  { text, folded, lines, regions }: HeadGround,
  [from, to]: Span,
  spans: Spans,
): Pick<DocumentHead, 'place' | 'issuedOn'> {
  // A letter without a type has its day behind what looks like a title: look to the end of the head.
  const end = Math.max(to, lines[Math.max(0, regions.head.to - 1)]?.end ?? to)
  const match = PLACE_DAY.exec(folded.slice(from, end).replace(/\|/gu, ' '))
  if (!match) return { place: null, issuedOn: null }
  const at = from + match.index
  const raw = text.slice(at, at + (match[1]?.length ?? 0))
  const line = raw.slice(Math.max(raw.lastIndexOf('\n'), raw.lastIndexOf('  '), raw.lastIndexOf('|')) + 1)
  const place = line.trim().replace(/\s+/gu, ' ')
  const placeAt = at + raw.length - line.length + (line.length - line.trimStart().length)
  const issuedOn = dayOf(match[4], match[3], match[2])
  spans.place = [placeAt, placeAt + line.trim().length]
  const dayAt = at + match[0].indexOf('ngày')
  if (issuedOn) spans.issuedOn = [dayAt, at + match[0].length]
  return { place: place === '' ? null : place, issuedOn }
}

function typeIn(line: Line, spans: Spans): string | null {
  const folded = fold(line.text)
  const alone = typeAlone(folded)
  const found = alone ?? typeWithTitle(line.text, folded)?.type ?? null
  if (found) spans.type = [line.start, alone ? line.end : line.start + found.length]
  return found
}

function titleIn({ text, lines, regions: { head } }: HeadGround, spans: Spans): string | null {
  if (!head.title) return null
  const [from, to] = head.title
  const first = lines[from]
  const last = lines[to - 1]
  if (!first || !last) return null
  const behindType = from === head.type ? (typeWithTitle(first.text, fold(first.text))?.titleAt ?? 0) : 0
  spans.title = [first.start + behindType, last.end]
  const words = text.slice(...spans.title).replace(/\s+/gu, ' ')
  return (
    words
      .replace(/\s*\((?:Ban hành|Kèm)[^)]*\)\s*$/iu, '')
      .replace(/(?<!\.)\.$/u, '')
      .trim() || null
  )
}

function issuerIn(ground: HeadGround, spans: Spans, place: string | null): string | null {
  const { lines, regions, folded, register } = ground
  const stop = regions.head.type ?? regions.head.to
  const cells = lines.slice(regions.head.from, stop).flatMap(cellsOf).flatMap(bodyCell)
  const chosen = issuerCells(cells.map((cell) => cell.text))
  const [first, last] = chosen ? [cells[chosen[0]], cells[chosen[1]]] : []
  if (!chosen || !first || !last) return null
  spans.issuer = [first.start, first.end]
  const words = cells
    .slice(chosen[0], chosen[1] + 1)
    .map((cell) => cell.text)
    .join(' ')
  const name = properName(words, register.organisations)
  if (fold(name) !== 'uỷ ban nhân dân' || place === null) return name
  // The line with the place is lost from the head: it stands elsewhere in the document.
  const found = new RegExp(
    String.raw`(tỉnh|thành phố|huyện|quận|thị xã|xã|phường)\s+${fold(place).replace(/[^\p{L} ]/gu, '')}`,
    'u',
  ).exec(folded.slice(0, 6000))
  return found ? `${name} ${found[1]} ${place}` : name
}

/** What of a cell in the head can be a name of the issuer: capitals that are neither motto nor number nor rule. */
function bodyCell(cell: { text: string; start: number; end: number }): { text: string; start: number; end: number }[] {
  if (cell.text.length > LONGEST_NAME) return []
  const text = cell.text.replace(/[\s\-–—_*=]+$/u, '').replace(/^[\s\-–—_*=]+/u, '')
  const folded = fold(text)
  if (text === '' || isMotto(folded) || folded.includes('cộng hoà xã hội') || folded.includes('đảng cộng sản việt nam'))
    return []
  if (/^(?:số(?![\p{L}])|[/\d])|ngày .*tháng/u.test(folded) || !isCapitals(text)) return []
  const start = cell.start + cell.text.indexOf(text)
  return [{ text, start, end: start + text.length }]
}
