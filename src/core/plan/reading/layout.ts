import { isCapitals, isEnded, type Line } from './lines.ts'

/** Words after which a line cannot end: what follows them is on the next line. */
const RUN_ON = new Set(
  `số ngày tháng năm quý của và các với về tại theo cho từ đến trong trên do là để cùng hoặc bởi khi điều khoản điểm mục
  phần chương những mỗi từng đã được có sẽ`.split(/\s+/u),
)
const WANTS_NUMBER = new Set(
  `số ngày tháng năm quý điều khoản điểm mục phần chương từ đến khoá lần thứ bảng biểu phụ lục`.split(' '),
)

export interface Layout {
  readonly wrapColumn: number | null
}

/** Whether `line`, which may begin with a marker, goes on with the paragraph that `previous` is the last line of. */
export function continues(
  previous: Line,
  line: Line,
  firstIndent: number,
  gap: boolean,
  layout: Layout,
  marked: boolean,
): boolean {
  const ended = isEnded(previous.text)
  const full = isFull(previous, line, layout)
  if (!marked && /^[\p{Ll},;)]/u.test(line.text)) return gap ? !ended && !isShort(previous) : !ended || full
  if (gap) return !ended && (full || runsOn(previous.text)) && !isCapitals(previous.text)
  if (isCapitals(previous.text) && isCapitals(line.text)) return !/:$/u.test(previous.text)
  if (isCapitals(previous.text)) return false
  if (!ended && runsOn(previous.text)) return true
  if (!full) return false
  if (!ended) return true
  return previous.text.endsWith('.') && !previous.text.endsWith('./.') && line.indent < firstIndent
}

/** True where a number at the start of the next line belongs to these words: `Quyết định số`, `ngày`. */
export function wantsNumber(words: string): boolean {
  return WANTS_NUMBER.has(lastWord(words))
}

function runsOn(words: string): boolean {
  return /[,\-–/(]$/u.test(words) || RUN_ON.has(lastWord(words))
}

function lastWord(words: string): string {
  return words.slice(words.lastIndexOf(' ') + 1).toLowerCase()
}

/** The first word of the next line would not have had room on this one. */
function isFull(previous: Line, line: Line, { wrapColumn }: Layout): boolean {
  if (wrapColumn === null) return false
  const space = line.text.indexOf(' ')
  const firstWord = space < 0 ? line.text.length : space
  return previous.indent + previous.text.length + 1 + firstWord > wrapColumn * 0.92
}

function isShort(line: Line): boolean {
  return line.text.length < 25
}
