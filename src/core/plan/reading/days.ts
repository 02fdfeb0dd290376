import { addDays, isDay } from '../../kernel/day.ts'
import { feastsIn } from './feasts.ts'
import type { Span } from './reading.ts'

export interface DayExpression {
  readonly span: Span
  readonly from: string | null
  readonly to: string | null
  readonly kind: 'day' | 'interval' | 'month' | 'quarter' | 'year' | 'years' | 'feast'
  /** `trước`, `đến hết` make it a last day, `từ`, `kể từ` a first; `on` is the stretch itself. */
  readonly relation: 'on' | 'by' | 'since'
  /** The text itself gives the year; false where the year of the document was taken. */
  readonly yearGiven: boolean
}

type Found = Omit<DayExpression, 'span' | 'relation'> & { readonly start: number; readonly end: number }
type Reader = (match: RegExpExecArray, year: number | null) => Omit<Found, 'start' | 'end'> | null

const G = String.raw`\s{0,3}`
const DASH = String.raw`${G}(?:-|đến(?: hết)?|tới(?: hết)?)${G}(?:hết${G})?`
const DMY = String.raw`(\d{1,2})${G}([/.-])${G}(\d{1,2})${G}\2${G}(\d{4})`
const YEAR_AFTER = String.raw`(?:,?${G}năm${G}(\d{4}))?`

const READERS: readonly (readonly [RegExp, Reader])[] = [
  [
    new RegExp(
      String.raw`(?:ngày${G})?(?<![\d/.])(\d{1,2})(?:[/.](\d{1,2}))?(?:[/.](\d{4}))?${DASH}(?:ngày${G})?(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?(?![\d/])`,
      'gu',
    ),
    (m, year) => (m[2] === undefined && m[6] === undefined && !/^ngày/u.test(m[0]) ? null : interval(m, year)),
  ],
  [
    new RegExp(
      String.raw`ngày${G}(\d{1,2})(?:${G}tháng${G}(\d{1,2}))?(?:${G}năm${G}(\d{4}))?${DASH}(?:ngày${G})?(\d{1,2})${G}tháng${G}(\d{1,2})${YEAR_AFTER}`,
      'gu',
    ),
    interval,
  ],
  [new RegExp(String.raw`(?:ngày${G})?(?<![\d/.-])${DMY}(?![\d/])`, 'gu'), (m) => oneDay(m[4], m[3], m[1], true)],
  [
    new RegExp(
      String.raw`(?:ngày${G})?(?<![\d/.])(\d ?\d?)${G}tháng${G}(\d ?\d?)(?!\d)(?:,?${G}năm${G}(\d ?\d ?\d ?\d)|/(\d{4}))?`,
      'gu',
    ),
    (m, year) => oneDay(m[3] ?? m[4] ?? year, m[2], m[1], (m[3] ?? m[4]) !== undefined),
  ],
  [
    new RegExp(
      String.raw`tháng${G}(\d{1,2})(?:/(\d{4}))?${DASH}(?:tháng${G})?(\d{1,2})(?:${G}/${G}|,?${G}năm${G})(\d{4})`,
      'gu',
    ),
    (m) => months(m[2] ?? m[4], m[1], m[4], m[3]),
  ],
  [
    new RegExp(String.raw`tháng${G}(\d{1,2})(?![\d])(?:(?:${G}[/-]${G}|,?${G}năm${G})(\d{4}))?`, 'gu'),
    (m, year) => withYear(months(m[2] ?? year, m[1], m[2] ?? year, m[1]), 'month', m[2] !== undefined),
  ],
  [
    new RegExp(String.raw`qu[ýí]${G}([1-4]|iv|i{1,3})(?![\p{L}\d])(?:(?:${G}[/-]${G}|,?${G}năm${G})(\d{4}))?`, 'gu'),
    (m, year) => quarter(m[1] ?? '', m[2] ?? year, m[2] !== undefined),
  ],
  [
    new RegExp(String.raw`(?:giai đoạn|các năm|năm)${G}((?:19|20)\d\d)${DASH}(?:năm${G})?((?:19|20)\d\d)(?!\d)`, 'gu'),
    (m) => years(m[1] ?? '', m[2] ?? '', 'years'),
  ],
  [new RegExp(String.raw`năm${G}((?:19|20)\d\d)(?!\d)`, 'gu'), (m) => years(m[1] ?? '', m[1] ?? '', 'year')],
  [new RegExp(String.raw`ngày${G}(\d{1,2})/(\d{1,2})(?![\d/])`, 'gu'), (m, year) => oneDay(year, m[2], m[1], false)],
  [new RegExp(String.raw`(?<![\d/.,-])(\d{1,2})/(\d{1,2})(?![\d/%.])`, 'gu'), bareDay],
]

const BY = /(?:trước|chậm nhất(?: là)?(?: vào)?|muộn nhất(?: là)?|đến hết|cho đến|hạn cuối|hết|đến)\s*$/u
const SINCE = /(?:kể từ|bắt đầu từ|từ)\s*$/u

/**
 * The days, months, quarters and years that a stretch of folded text speaks of, in order; two never overlap.
 * A day without a year takes `year`, and is left out where that is null.
 */
export function dayExpressions(folded: string, start: number, end: number, year: number | null): DayExpression[] {
  const words = folded.slice(start, end)
  const found: Found[] = feastsIn(words, year)
  const taken = new Uint8Array(words.length)
  for (const feast of found) taken.fill(1, feast.start, feast.end)
  for (const [pattern, read] of READERS) {
    for (const match of words.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length]
      if (taken[from] || taken[to - 1]) continue
      const value = read(match, year)
      if (!value) continue
      taken.fill(1, from, to)
      found.push({ ...value, start: from, end: to })
    }
  }
  return found.sort((a, b) => a.start - b.start).map((one) => related(one, words, start))
}

function related({ start, end, ...value }: Found, words: string, offset: number): DayExpression {
  const before = words.slice(Math.max(0, start - 24), start)
  const by = BY.exec(before)
  const prefix = by ?? SINCE.exec(before)
  const relation = value.kind === 'interval' || value.kind === 'years' || !prefix ? 'on' : by ? 'by' : 'since'
  const span: Span = [offset + start - (prefix?.[0].length ?? 0), offset + end]
  if (relation === 'since') return { ...value, span, relation, to: null }
  if (relation === 'on') return { ...value, span, relation }
  // `trước ngày 15/11` is over when the day begins; `đến hết` counts the day.
  const excluded = by?.[0].startsWith('trước') === true && value.kind !== 'day' && value.from !== null
  return { ...value, span, relation, from: null, to: excluded ? addDays(value.from ?? '', -1) : value.to }
}

function interval(m: RegExpExecArray, year: number | null): ReturnType<Reader> {
  const lastYear = m[6] ?? m[3] ?? year
  const to = dayOf(lastYear, m[5], m[4])
  let from = dayOf(m[3] ?? lastYear, m[2] ?? m[5], m[1])
  // `từ 15/12 đến 15/01/2024`: the first day is of the year before.
  if (from && to && from > to && m[3] === undefined) from = dayOf(Number(lastYear) - 1, m[2] ?? m[5], m[1])
  return from && to && from <= to ? { kind: 'interval', from, to, yearGiven: (m[6] ?? m[3]) !== undefined } : null
}

/** `30/7` alone is a day where it can be no fraction and no `24/7`. */
function bareDay(m: RegExpExecArray, year: number | null): ReturnType<Reader> {
  return Number(m[1]) < 13 || m[0] === '24/7' ? null : oneDay(year, m[2], m[1], false)
}

function oneDay(
  year: string | number | null | undefined,
  month: string | undefined,
  day: string | undefined,
  yearGiven: boolean,
): ReturnType<Reader> {
  const found = dayOf(year, month, day)
  return found ? { kind: 'day', from: found, to: found, yearGiven } : null
}

function quarter(sign: string, year: string | number | null, yearGiven: boolean): ReturnType<Reader> {
  const number = ({ i: 1, ii: 2, iii: 3, iv: 4 } as Readonly<Record<string, number>>)[sign] ?? Number(sign)
  return withYear(months(year, number * 3 - 2, year, number * 3), 'quarter', yearGiven)
}

function years(first: string, last: string, kind: 'year' | 'years'): ReturnType<Reader> {
  return first <= last ? { kind, from: `${first}-01-01`, to: `${last}-12-31`, yearGiven: true } : null
}

function months(yearFrom: Part, first: Part, yearTo: Part, last: Part): ReturnType<Reader> {
  const from = dayOf(yearFrom, first, 1)
  const lastStart = dayOf(yearTo, last, 1)
  if (!from || !lastStart || from > lastStart) return null
  const next = addDays(`${lastStart.slice(0, 8)}28`, 4)
  return { kind: 'interval', from, to: addDays(`${next.slice(0, 8)}01`, -1), yearGiven: true }
}

function withYear(value: ReturnType<Reader>, kind: 'month' | 'quarter', yearGiven: boolean): ReturnType<Reader> {
  return value ? { ...value, kind, yearGiven } : null
}

type Part = string | number | null | undefined

/** The ISO day of its written parts, blanks inside them allowed (`0 6`); null for a day that no calendar has. */
export function dayOf(year: Part, month: Part, day: Part): string | null {
  const [y, m, d] = [year, month, day].map((part) => String(part ?? '').replace(/\s/gu, ''))
  if (!/^(?:19|20)\d\d$/u.test(y ?? '')) return null
  const iso = `${y}-${(m ?? '').padStart(2, '0')}-${(d ?? '').padStart(2, '0')}`
  return isDay(iso) ? iso : null
}
