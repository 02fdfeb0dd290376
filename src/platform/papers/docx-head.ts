import { BorderStyle, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType } from 'docx'
import type { LaidOut } from '../../core/document/index.ts'
import { stamp } from './docx-stamp.ts'
import { HEAD_SHARES, NO_BORDERS, TEXT_TWIPS, TWIPS_PER_MM } from './docx-styles.ts'
import { measuresOf } from './fonts.ts'

const TWIPS_PER_POINT = 20
const POINTS_PER_MM = 72 / 25.4
/** Bright red, as the ink of a stamp of urgency (annex I, part I, III.2b). */
const RED = 'FF0000'
const URGENCY_MM: Readonly<Record<string, number>> = { KHẨN: 20, 'THƯỢNG KHẨN': 40, 'HOẢ TỐC': 30 }

/** Quốc hiệu, names, number and day, in a table without lines: both columns stand level row by row. */
export function headOf(paper: LaidOut): Table {
  const [left, right] = HEAD_SHARES.map((share) => Math.round(TEXT_TWIPS * share)) as [number, number] // two shares
  const row = (one: (Paragraph | Table)[], other: Paragraph[]) => bareRow([one, other], [left, right])
  const motto = 'Độc lập - Tự do - Hạnh phúc'
  return bareTable(
    [left, right],
    [
      row(
        [
          ...styled('CoQuanChuQuan', paper.superior),
          ...styled('CoQuanBanHanh', paper.issuer),
          rule(left, widestPoints(paper.issuer, 12) * 0.42),
        ],
        [
          ...styled('QuocHieu', ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM']),
          ...styled('TieuNgu', [motto]),
          rule(right, widestPoints([motto], 13)),
        ],
      ),
      row(styled('SoKyHieu', [paper.numberLine]), styled('DiaDanhNgay', [paper.placeAndDay])),
      ...(paper.about || paper.urgency || paper.circulation ? [row(marksOf(paper, left), styled('Bang', ['']))] : []),
    ],
  )
}

function marksOf({ about, urgency, circulation }: LaidOut, width: number): (Paragraph | Table)[] {
  const frames = [
    ...(urgency ? [stamp(urgency, URGENCY_MM[urgency] ?? 0, RED)] : []),
    ...(circulation ? [stamp(circulation, Math.min(width / TWIPS_PER_MM, widthOf(circulation)), '000000')] : []),
  ]
  return [
    ...(about ? styled('VeViec', [about]) : []),
    // Word wants a paragraph before, between and after tables.
    ...frames.flatMap((frame) => [gap(), frame]),
    gap(),
  ]
}

const gap = () => new Paragraph({ style: 'Ke', spacing: { before: 80 }, children: [] })
/** Millimetres of these words as a stamp, with 3 mm at both sides. */
const widthOf = (words: string) => widestPoints([words], 13) / POINTS_PER_MM + 6

/** Centred under what stands above it, so many points long: the border of an empty paragraph set in from both sides. */
export function rule(width: number, points: number, before = 30): Paragraph {
  const inset = Math.max(0, Math.round((width - points * TWIPS_PER_POINT) / 2))
  return new Paragraph({
    style: 'Ke',
    spacing: { before },
    indent: { left: inset, right: inset },
    border: { top: { style: BorderStyle.SINGLE, size: 5, color: '000000', space: 0 } },
    children: [],
  })
}

/** Points of the longest of these lines, in bold. */
export function widestPoints(lines: readonly string[], sizePt: number): number {
  const bold = measuresOf('Tinos')[2]
  return Math.max(0, ...lines.map((line) => bold?.widthOf(line, sizePt) ?? 0))
}

export function styled(style: string, lines: readonly string[]): Paragraph[] {
  return lines.map((line) => new Paragraph({ style, children: [new TextRun(line)] }))
}

/** A table that is seen by its order alone. */
export function bareTable(widths: readonly number[], rows: TableRow[]): Table {
  return new Table({
    width: { size: TEXT_TWIPS, type: WidthType.DXA },
    columnWidths: [...widths],
    layout: TableLayoutType.FIXED,
    borders: { ...NO_BORDERS, insideHorizontal: NO_BORDERS.top, insideVertical: NO_BORDERS.top },
    margins: { top: 0, bottom: 0, left: 0, right: 0, marginUnitType: WidthType.DXA },
    rows,
  })
}

export function bareRow(cells: readonly (Paragraph | Table)[][], widths: readonly number[]): TableRow {
  return new TableRow({
    cantSplit: true,
    children: cells.map(
      (children, at) =>
        new TableCell({ borders: NO_BORDERS, width: { size: widths[at] ?? 0, type: WidthType.DXA }, children }),
    ),
  })
}
