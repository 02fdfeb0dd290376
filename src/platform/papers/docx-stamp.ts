import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import { twips } from './docx-styles.ts'

const HEIGHT_MM = 8

/**
 * Words in a single frame of so many millimetres by 8: a table of one cell in the middle of its column. A bordered
 * paragraph would be as high as its letters, and nobody could say how wide.
 */
export function stamp(words: string, widthMm: number, color: string): Table {
  const line = { style: BorderStyle.SINGLE, size: 6, color } as const
  const width = twips(widthMm)
  const cell = new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    borders: { top: line, bottom: line, left: line, right: line },
    children: [new Paragraph({ style: 'DoKhan', children: [new TextRun({ text: words, color })] })],
  })
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: [width],
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    margins: { top: 0, bottom: 0, left: 0, right: 0, marginUnitType: WidthType.DXA },
    rows: [
      new TableRow({
        cantSplit: true,
        height: { value: twips(HEIGHT_MM), rule: HeightRule.ATLEAST },
        children: [cell],
      }),
    ],
  })
}
