import type { Line } from './lines.ts'
import type { DocumentHead, Span } from './reading.ts'
import { fold } from './words.ts'

export interface Tail {
  readonly signatory: DocumentHead['signatory']
  readonly signatorySpan: Span | null
  readonly recipients: readonly string[]
  readonly recipientsSpan: Span | null
}

interface Cell {
  readonly text: string
  readonly start: number
  readonly end: number
}

const AUTHORITY = /^(?:(?:TM|KT|TL|TUQ|TUN|Q)\s?\.|[TK]\/[MTL]\.?)\s?(?=\p{Lu})/u
const POSITION =
  /^(?:Q\. ?)?(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BÍ THƯ|TRƯỞNG BAN|THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG|CỤC TRƯỞNG|HIỆU TRƯỞNG|CHỦ NHIỆM|TỔNG BIÊN TẬP|VIỆN TRƯỞNG|CHI CỤC TRƯỞNG|CHÁNH THANH TRA|BÍ THƯ THƯỜNG TRỰC|CHÍNH ỦY|CHỈ HUY TRƯỞNG)(?: [\p{Lu}]{2,})*/u
const NAME =
  /^(?:(?:GS|PGS|TS|ThS|BS|Đại tá|Thượng tá|Thiếu tướng|Trung tá)\.?\s*)*\p{Lu}\p{Ll}*(?: \p{Lu}\p{Ll}*){1,4}$/u
const MOST_RECIPIENTS = 60
const LONGEST_CELL = 4_000

/** Who signed and who receives, out of the lines behind the body; side by side columns are read apart. */
export function readTail(lines: readonly Line[]): Tail {
  const cells = lines.flatMap(cellsOf).filter((cell) => cell.text.length <= LONGEST_CELL)
  const signing = cells.filter((cell) => AUTHORITY.test(cell.text) || POSITION.test(cell.text))
  const authorities = signing.filter((cell) => AUTHORITY.test(cell.text))
  const position = signing.filter((cell) => !AUTHORITY.test(cell.text)).at(-1)
  const behind = position ? position.text.slice(POSITION.exec(position.text)?.[0].length ?? 0).trim() : ''
  const after = cells.filter((cell) => cell.start > (signing.at(-1)?.start ?? Infinity) && NAME.test(cell.text))
  const name = NAME.test(behind) ? behind : (after[0]?.text ?? null)
  const last = after[0] && !NAME.test(behind) ? after[0] : signing.at(-1)
  const first = signing[0]
  return {
    signatory: first
      ? {
          authority: authorities.length > 0 ? authorities.map((cell) => cell.text).join('; ') : null,
          position: position ? (POSITION.exec(position.text)?.[0].trim() ?? null) : null,
          name,
        }
      : null,
    signatorySpan: first && last ? [first.start, Math.max(first.end, last.end)] : null,
    ...recipientsOf(cells, new Set([...signing, ...after])),
  }
}

function recipientsOf(cells: readonly Cell[], signing: ReadonlySet<Cell>): Pick<Tail, 'recipients' | 'recipientsSpan'> {
  const from = cells.findIndex((cell) => /^nơi nhận/u.test(fold(cell.text)))
  const start = cells[from]
  if (!start) return { recipients: [], recipientsSpan: null }
  const parts: string[] = []
  let end = start.end
  for (const cell of cells.slice(from)) {
    if (signing.has(cell) || parts.length > MOST_RECIPIENTS) continue
    const words = cell.text.replace(/^nơi nhận\s*:?\s*/iu, '')
    if (words === '') continue
    const items = words.split(/;\s*(?=[-–•+]\s)/u)
    const last = parts.length - 1
    if (last >= 0 && !/^[-–•+*]/u.test(words) && !/[;.]$/u.test(parts[last] ?? ''))
      parts[last] = `${parts[last]} ${words}`
    else parts.push(...items)
    end = cell.end
    if (/lưu\s*:/u.test(fold(words)) && /[.)\d]$/u.test(words)) break
  }
  const recipients = parts
    .map((part) => part.replace(/^[-–•+*\s]+/u, '').replace(/[;.,\s]+$/u, ''))
    .filter((part) => part !== '')
  return { recipients, recipientsSpan: [start.start, end] }
}

/** Columns that a layout kept apart by wide gaps, or a table by pipes. */
export function cellsOf(line: Line): Cell[] {
  const cells: Cell[] = []
  for (const match of line.text.matchAll(/[^\s|]+(?:[ \t\u00a0]{1,2}[^\s|]+)*/gu)) {
    cells.push({ text: match[0], start: line.start + match.index, end: line.start + match.index + match[0].length })
  }
  return cells
}
