import {
  AlignmentType,
  Document,
  Footer,
  FootnoteReferenceRun,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx'
import { expect, test } from 'vitest'
import { readDocument } from '../index.ts'

const line = (text: string): Paragraph => new Paragraph(text)
const cell = (...lines: string[]): TableCell => new TableCell({ children: lines.map(line) })
const numbered = (text: string, level: number, reference = 'plan'): Paragraph =>
  new Paragraph({ text, numbering: { reference, level } })

async function pack(children: (Paragraph | Table)[]): Promise<Uint8Array> {
  const levels = [
    { level: 0, format: LevelFormat.UPPER_ROMAN, text: '%1.', alignment: AlignmentType.START },
    { level: 1, format: LevelFormat.DECIMAL, text: '%2.', alignment: AlignmentType.START },
    { level: 2, format: LevelFormat.LOWER_LETTER, text: '%3)', alignment: AlignmentType.START },
    { level: 3, format: LevelFormat.DECIMAL, text: '%2.%4.', alignment: AlignmentType.START },
  ]
  const bullets = [{ level: 0, format: LevelFormat.BULLET, text: '-', alignment: AlignmentType.START }]
  const document = new Document({
    numbering: {
      config: [
        { reference: 'plan', levels },
        { reference: 'dash', levels: bullets },
      ],
    },
    footnotes: { 1: { children: [line('Theo Nghị quyết của tỉnh.')] } },
    sections: [{ footers: { default: new Footer({ children: [line('Chân trang')] }) }, children }],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

test('automatic numbers of Word stand in the text as printed', async () => {
  const bytes = await pack([
    numbered('MỤC ĐÍCH', 0),
    numbered('Nâng cao nhận thức', 1),
    numbered('Trong Nhân dân', 2),
    numbered('Trong cán bộ', 2),
    numbered('Đúng quy định', 1),
    numbered('Chi tiết', 3),
    numbered('NỘI DUNG', 0),
    numbered('Tuyên truyền', 1),
    numbered('Báo chí', 0, 'dash'),
  ])
  const { text, format } = await readDocument(bytes, 'ke-hoach.pdf')
  expect(format).toBe('docx')
  expect(text.split('\n')).toEqual([
    'I. MỤC ĐÍCH',
    '1. Nâng cao nhận thức',
    'a) Trong Nhân dân',
    'b) Trong cán bộ',
    '2. Đúng quy định',
    '2.1. Chi tiết',
    'II. NỘI DUNG',
    '1. Tuyên truyền',
    '- Báo chí',
  ])
})

test('tables, footnotes and page numbers', async () => {
  const bytes = await pack([
    new Table({
      rows: [
        new TableRow({
          children: [cell('UBND TỈNH', 'SỞ THÔNG TIN'), cell('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập')],
        }),
      ],
    }),
    new Paragraph({ children: [new TextRun('Căn cứ kế hoạch'), new FootnoteReferenceRun(1), new TextRun('.')] }),
    new Table({
      rows: [
        new TableRow({ children: [cell('TT'), cell('Nội dung')] }),
        new TableRow({ children: [cell('1'), cell('Treo pa nô')] }),
      ],
    }),
    new Paragraph({ children: [new TextRun('Trang '), new TextRun({ children: [PageNumber.CURRENT] })] }),
    new Paragraph({ children: [new TextRun({ text: 'kế hoạch', allCaps: true })] }),
  ])
  const { text } = await readDocument(bytes, 'a.docx')
  expect(text.split('\n').filter((each) => each !== '')).toEqual([
    'UBND TỈNH',
    'SỞ THÔNG TIN',
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập',
    'Căn cứ kế hoạch[1].',
    'TT | Nội dung',
    '1 | Treo pa nô',
    'Trang',
    'KẾ HOẠCH',
    '[1] Theo Nghị quyết của tỉnh.',
  ])
})

test('runs in a TCVN3 font become Unicode, capitals in its capital font', async () => {
  const run = (text: string, font: string): Paragraph => new Paragraph({ children: [new TextRun({ text, font })] })
  const { text, encoding } = await readDocument(
    await pack([run('KÕ ho¹ch tuyªn truyÒn', '.VnTime'), run('kÕ ho¹ch', '.VnTimeH'), run('Keá hoaïch', 'VNI-Times')]),
    'cu.docx',
  )
  expect(text).toBe('Kế hoạch tuyên truyền\nKẾ HOẠCH\nKế hoạch')
  expect(encoding).toBe('tcvn3')
})
