import { getSolarDate } from '@dqcai/vn-lunar'
import { isDay } from '../../kernel/day.ts'

interface Feast {
  readonly kind: 'feast'
  readonly from: string
  readonly to: string
  readonly yearGiven: boolean
  readonly start: number
  readonly end: number
}

/** Feasts of the lunar calendar by their folded names: day and month of the lunar year. */
const FEASTS: readonly (readonly [name: string, day: number, month: number])[] = [
  ['tết nguyên đán', 1, 1],
  ['tết âm lịch', 1, 1],
  ['rằm tháng giêng', 15, 1],
  ['tết nguyên tiêu', 15, 1],
  ['giỗ tổ hùng vương', 10, 3],
  ['phật đản', 15, 4],
  ['tết đoan ngọ', 5, 5],
  ['vu lan', 15, 7],
  ['rằm tháng bảy', 15, 7],
  ['tết trung thu', 15, 8],
  ['rằm tháng tám', 15, 8],
  ['ông công ông táo', 23, 12],
]
const NAMES = FEASTS.map(([name]) => name.replace(/ /gu, String.raw`\s+`)).join('|')
const STEMS = ['giáp', 'ất', 'bính', 'đinh', 'mậu', 'kỷ', 'canh', 'tân', 'nhâm', 'quý']
const BRANCHES = ['tý', 'sửu', 'dần', 'mão', 'thìn', 'tỵ', 'ngọ', 'mùi', 'thân', 'dậu', 'tuất', 'hợi']
const NAMED = new RegExp(
  String.raw`(${NAMES})(?:\s+(${STEMS.join('|')})\s+(${BRANCHES.join('|')}))?(?:\s*(?:-|,|\()?\s*(?:năm\s+)?((?:19|20)\d\d))?`,
  'gu',
)
const LUNAR_DAY =
  /(?:ngày\s+)?(?:mùng\s+)?(\d{1,2})(?:\/|\s+tháng\s+)(\d{1,2})\s*\(?(?:âm lịch|âl)\)?(?:\s+năm\s+((?:19|20)\d\d))?/gu

/** Lunar days that folded words name, as civil days; a feast whose year is not said and not known is left out. */
export function feastsIn(words: string, year: number | null): Feast[] {
  const found: Feast[] = []
  for (const match of words.matchAll(NAMED)) {
    const name = (match[1] ?? '').replace(/\s+/gu, ' ')
    const feast = FEASTS.find(([known]) => known === name)
    const named = match[4] ? Number(match[4]) : yearOf(match[2], match[3], year)
    if (feast) push(found, match, feast[1], feast[2], named ?? year, named !== null)
  }
  for (const match of words.matchAll(LUNAR_DAY)) {
    push(found, match, Number(match[1]), Number(match[2]), match[3] ? Number(match[3]) : year, match[3] !== undefined)
  }
  return found
}

function push(
  found: Feast[],
  match: RegExpExecArray,
  day: number,
  month: number,
  year: number | null,
  yearGiven: boolean,
): void {
  const solar = year === null ? null : solarDay(day, month, year)
  if (solar)
    found.push({
      kind: 'feast',
      from: solar,
      to: solar,
      yearGiven,
      start: match.index,
      end: match.index + match[0].length,
    })
}

/** The civil day of a lunar day (month not doubled), for the years 1900 to 2100; null outside them. */
export function solarDay(day: number, month: number, year: number): string | null {
  if (day < 1 || day > 30 || month < 1 || month > 12 || year < 1900 || year > 2100) return null
  const solar = getSolarDate(day, month, year)
  const iso = `${solar.year}-${String(solar.month).padStart(2, '0')}-${String(solar.day).padStart(2, '0')}`
  return isDay(iso) ? iso : null
}

/** The year nearest to `near` that bears the two signs of the sixty-year cycle (`Giáp Thìn` is 2024); null without them. */
function yearOf(stem: string | undefined, branch: string | undefined, near: number | null): number | null {
  if (stem === undefined || branch === undefined) return null
  const [s, b] = [STEMS.indexOf(stem), BRANCHES.indexOf(branch)]
  const middle = near ?? 2020
  for (let away = 0; away <= 30; away += 1) {
    for (const year of [middle + away, middle - away]) {
      if ((year + 6) % 10 === s && (year + 8) % 12 === b) return year
    }
  }
  return null
}
