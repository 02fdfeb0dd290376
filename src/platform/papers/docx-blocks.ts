import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { Line, Pictures } from '../../core/document/index.ts'
import { pictureOf } from './docx-picture.ts'
import { TEXT_TWIPS, twips } from './docx-styles.ts'

type TableLine = Extract<Line, { kind: 'table' }>

interface With {
  /** The last paragraph stays with what follows. */
  readonly keepLast: boolean
  readonly pictures: Pictures
}

/** Paragraphs, tables and pictures of a text. */
export function blocksOf(lines: readonly Line[], { keepLast, pictures }: With): (Paragraph | Table)[] {
  return lines.flatMap((line, at) => {
    if (line.kind === 'table') return [tableOf(line), new Paragraph({ style: 'Ke', text: '' })]
    if (line.kind === 'picture') return pictureOf(line, at, pictures)
    return [paragraphOf(line, keepLast && at === lines.length - 1)]
  })
}

const MARKS: Partial<Record<Line['kind'], string>> = { dash: '- ', plus: '+ ' }
const HEADINGS: Partial<Record<Line['kind'], (typeof HeadingLevel)[keyof typeof HeadingLevel]>> = {
  part: HeadingLevel.HEADING_1,
  section: HeadingLevel.HEADING_2,
  heading: HeadingLevel.HEADING_3,
}
const STYLE_OF: Partial<Record<Line['kind'], string>> = { basis: 'CanCu', end: 'KetThuc' }

function paragraphOf(line: Extract<Line, { readonly text: string }>, keepNext: boolean): Paragraph {
  const heading = HEADINGS[line.kind]
  const look = heading ? { heading } : { style: STYLE_OF[line.kind] ?? 'NoiDung', ...(keepNext && { keepNext }) }
  if (line.kind === 'part') {
    return new Paragraph({ ...look, children: [new TextRun(line.number), new TextRun({ text: line.text, break: 1 })] })
  }
  const words = `${MARKS[line.kind] ?? ''}${[line.number, line.text].filter(Boolean).join(' ')}`
  return new Paragraph({ ...look, children: [new TextRun(words)] })
}

const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const
const thin = { style: BorderStyle.SINGLE, size: 4, color: '000000' } as const
const BORDERS = { top: thin, bottom: thin, left: thin, right: thin, insideHorizontal: thin, insideVertical: thin }
const PADDING = { top: 40, bottom: 40, left: twips(1.5), right: twips(1.5) }

function tableOf({ columns, rows, total }: TableLine): Table {
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => Math.round((TEXT_TWIPS * share) / shares))
  const head = columns.map(({ title }, at) =>
    cell(new Paragraph({ style: 'DauBang', children: [new TextRun(title)] }), widths[at] ?? 0),
  )
  const line = (row: readonly string[], bold: boolean) =>
    columns.map(({ align }, at) => {
      const run = new TextRun(bold ? { text: row[at] ?? '', bold } : (row[at] ?? ''))
      return cell(new Paragraph({ style: 'Bang', alignment: ALIGN[align], children: [run] }), widths[at] ?? 0)
    })
  return new Table({
    width: { size: TEXT_TWIPS, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: BORDERS,
    margins: { ...PADDING, marginUnitType: WidthType.DXA },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: head }),
      ...rows.map((row, at) => new TableRow({ cantSplit: true, children: line(row, total && at === rows.length - 1) })),
    ],
  })
}

function cell(paragraph: Paragraph, width: number): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    children: [paragraph],
  })
}
