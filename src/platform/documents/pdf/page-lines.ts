/** A piece of text on a PDF page; points, from the lower left. */
export interface TextPiece {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
}

interface Segment {
  readonly text: string
  readonly from: number
  readonly to: number
}

// The spaces of a justified line stay under this many ems; columns stand further apart.
const COLUMN_GAP_EM = 2
const SIDE_BY_SIDE = /C[ỘO]NG H[ÒO]A X[ÃA]|Đ[ẢA]NG C[ỘO]NG S[ẢA]N|Độc lập\s*-\s*Tự do|N[ơo]i nhận/i

/** The lines of a page from top to bottom; columns of a table row joined by ` | `, letter heads column by column. */
export function pageLines(pieces: readonly TextPiece[]): string[] {
  const rows = groupRows(pieces)
    .map(segmentsOf)
    .filter((row) => row.length > 0)
  const lines: string[] = []
  for (let index = 0; index < rows.length;) {
    const row = rows[index] ?? []
    const gutter = row.length === 2 && row.some((segment) => SIDE_BY_SIDE.test(segment.text)) ? gutterOf(row) : null
    if (gutter === null) {
      lines.push(row.map((segment) => segment.text).join(' | '))
      index += 1
      continue
    }
    const end = endOfColumns(rows, index, gutter)
    const block = rows.slice(index, end).flat()
    lines.push(...block.filter((segment) => segment.to <= gutter).map((segment) => segment.text))
    lines.push(...block.filter((segment) => segment.to > gutter).map((segment) => segment.text))
    index = end
  }
  return lines
}

function groupRows(pieces: readonly TextPiece[]): TextPiece[][] {
  const sorted = pieces.filter((piece) => piece.text !== '').toSorted((a, b) => b.y - a.y || a.x - b.x)
  const rows: TextPiece[][] = []
  let baseline = Infinity
  for (const piece of sorted) {
    // Raised figures and marks stay on their line.
    if (baseline - piece.y > Math.max(piece.size, 4) * 0.45) {
      rows.push([])
      baseline = piece.y
    }
    rows.at(-1)?.push(piece)
  }
  return rows.map((row) => row.toSorted((a, b) => a.x - b.x))
}

function segmentsOf(row: readonly TextPiece[]): Segment[] {
  const segments: { text: string; from: number; to: number }[] = []
  for (const piece of row) {
    const last = segments.at(-1)
    if (piece.text.trim() === '') {
      // A space that is drawn counts as a gap only as wide as it is.
      if (last && piece.x - last.to < piece.size && !last.text.endsWith(' ')) last.text += ' '
      continue
    }
    const gap = last ? piece.x - last.to : 0
    if (!last || gap > COLUMN_GAP_EM * piece.size) {
      segments.push({ text: piece.text, from: piece.x, to: piece.x + piece.width })
      continue
    }
    if (gap > piece.size * 0.18 && !last.text.endsWith(' ') && !piece.text.startsWith(' ')) last.text += ' '
    last.text += piece.text
    last.to = Math.max(last.to, piece.x + piece.width)
  }
  return segments.map((segment) => ({ ...segment, text: segment.text.trim() })).filter((segment) => segment.text !== '')
}

function gutterOf(row: readonly Segment[]): number {
  return ((row[0]?.to ?? 0) + (row[1]?.from ?? 0)) / 2
}

function endOfColumns(rows: readonly (readonly Segment[])[], start: number, gutter: number): number {
  let end = start
  while (end < rows.length && (rows[end] ?? []).every((segment) => segment.to <= gutter || segment.from >= gutter))
    end += 1
  // Single lines on one side at the very end may already be body text; they keep their order either way.
  return Math.max(end, start + 1)
}
