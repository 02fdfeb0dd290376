import type { Block } from './ground.ts'
import { continues, wantsNumber, type Layout } from './layout.ts'
import { isCapitals, isEnded, type Line } from './lines.ts'
import { markerOf } from './markers.ts'
import { Numbering } from './numbering.ts'
import type { Regions } from './regions.ts'
import { fold } from './words.ts'

interface Last {
  readonly line: Line
  readonly block: Draft
  readonly firstIndent: number
}
type Draft = { -readonly [K in keyof Block]: Block[K] }

const CLOSING =
  /^(?:trên đây là|(?:trong )?quá trình (?:thực hiện|triển khai|tổ chức)|nhận được|yêu cầu (?:các|thủ trưởng|lãnh đạo)|kế hoạch này|căn cứ (?:nội dung )?kế hoạch)/u
const LONGEST_HEADING = 300

/** Joins wrapped lines to paragraphs, tells markers from numbers that a line happens to begin with, and nests them. */
export function paragraphsOf(lines: readonly Line[], regions: Regions, layout: Layout): Block[] {
  const blocks: Draft[] = []
  const numbering = new Numbering()
  let last: Last | null = null
  let gap = true
  let part = 0
  for (const [i, line] of lines.entries()) {
    const region = regions.of[i]
    if (region === 'page') continue
    if (region !== 'body' || line.text === '') {
      gap = true
      if (region !== 'body') last = null
      continue
    }
    const own = regions.part[i] ?? 0
    if (own !== part) {
      part = own
      numbering.reset()
    }
    const empty = last !== null && last.block.bodyStart >= last.block.end
    const seen = markerOf(line.text, fold(line.text.slice(0, 60)))
    const goesOn: boolean = last !== null && continues(last.line, line, last.firstIndent, gap, layout, seen !== null)
    const before = {
      gap,
      ended: last === null || isEnded(last.line.text) || isCapitals(last.line.text) || !goesOn,
      wantsNumber: last !== null && wantsNumber(last.line.text),
      headed: last !== null && isShort(last.block),
    }
    const wrapped =
      goesOn && seen !== null && seen.kind === 'bullet' && isDash(seen.marker) && isJoined(last?.line, line)
    const parent = seen && !wrapped ? numbering.place(seen, blocks.length, before) : undefined
    if (seen && parent !== undefined) {
      const block = newBlock(line, part, parent, seen.marker, seen.kind, line.start + seen.length)
      blocks.push(block)
      last = { line, block, firstIndent: line.indent }
    } else if (last !== null && (empty || continues(last.line, line, last.firstIndent, gap, layout, false))) {
      if (empty) last.block.bodyStart = line.start
      last.block.end = line.end
      last = { line, block: last.block, firstIndent: last.firstIndent }
    } else {
      const under = numbering.paragraphParent(CLOSING.test(fold(line.text.slice(0, 60))))
      const block = newBlock(line, part, under, '', 'paragraph', line.start)
      blocks.push(block)
      last = { line, block, firstIndent: line.indent }
    }
    gap = false
  }
  return settle(blocks)
}

function newBlock(
  line: Line,
  part: number,
  parent: number | null,
  marker: string,
  kind: Block['kind'],
  bodyStart: number,
): Draft {
  return { path: [], marker, kind, start: line.start, bodyStart, end: line.end, heading: false, parent, part }
}

/** Paths and headings, which can be told only when it is known what stands under a block. */
function settle(blocks: Draft[]): Block[] {
  const parents = new Set(blocks.map((block) => block.parent))
  for (const [i, block] of blocks.entries()) {
    const above = block.parent === null ? [] : (blocks[block.parent]?.path ?? [])
    block.path = [...above, block.marker]
    block.heading = isHeading(block, parents.has(i))
  }
  return blocks
}

function isHeading(block: Block, hasChildren: boolean): boolean {
  const length = block.end - block.bodyStart
  if (block.kind === 'paragraph' || length > LONGEST_HEADING || length <= 0) return false
  if (['part', 'chapter', 'section', 'capital', 'roman'].includes(block.kind)) return hasChildren || length <= 120
  return hasChildren && (block.kind !== 'bullet' || length < 80)
}

function isShort(block: Block): boolean {
  return block.end - block.bodyStart < 80 && block.marker !== '' && block.kind !== 'bullet'
}

function isDash(marker: string): boolean {
  return marker === '-' || marker === '–'
}

/** `Lao động` / `- Thương binh và Xã hội`, `2021` / `- 2025`: a dash inside a name or a span of years. */
function isJoined(previous: Line | undefined, line: Line): boolean {
  if (!previous) return false
  if (/\d$/u.test(previous.text) && /^[-–]\s*\d/u.test(line.text)) return true
  return (
    /(?:lao động|văn hoá|phát thanh|khoa học|chính trị|kinh tế|thể thao|thông tin|kế hoạch)$/u.test(
      fold(previous.text.slice(-20)),
    ) && !isEnded(previous.text)
  )
}
