import {
  BorderStyle,
  Document,
  Footer,
  Header,
  type ISectionOptions,
  Packer,
  PageNumber,
  Paragraph,
  SectionType,
  type Table,
  TextRun,
} from 'docx'
import type { LaidOut, LaidOutAnnex, Pictures } from '../../core/document/index.ts'
import { blocksOf } from './docx-blocks.ts'
import { bareRow, bareTable, headOf, rule, styled, widestPoints } from './docx-head.ts'
import { MARGINS, STYLES, TEXT_TWIPS, TWIPS_PER_MM, twips } from './docx-styles.ts'
import { refuseMissingLetters } from './fonts.ts'
import { packedAlike } from './pack-docx.ts'

/** A paper as DOCX with real styles, to be worked on further. The same paper gives the same bytes. */
export async function drawDocx(paper: LaidOut, pictures: Pictures = {}): Promise<Uint8Array> {
  refuseMissingLetters(paper, 'Tinos')
  const { title, author, madeOn } = paper.properties
  const document = new Document({
    title,
    creator: author,
    lastModifiedBy: author,
    description: '',
    styles: STYLES,
    // Word 2013 and later: else it is opened in the mode of 2007.
    compatibility: { version: 15 },
    sections: [mainSection(paper, pictures), ...paper.annexes.map((annex) => annexSection(annex, pictures))],
  })
  return packedAlike(new Uint8Array(await Packer.toBuffer(document)), madeOn)
}

function mainSection(paper: LaidOut, pictures: Pictures): ISectionOptions {
  return {
    ...section(paper.contact),
    children: [
      headOf(paper),
      ...headingOf(paper),
      ...addresseesOf(paper.addressees),
      ...blocksOf(paper.body, { keepLast: true, pictures }),
      new Paragraph({ style: 'Ke', keepNext: true, spacing: { before: 160 }, children: [] }),
      signatureOf(paper),
    ],
  }
}

function headingOf({ heading }: LaidOut): Paragraph[] {
  if (!heading) return []
  const widest = Math.min(widestPoints([heading.subject], 14), TEXT_TWIPS / 20)
  return [
    ...styled('TenLoai', [heading.name]),
    ...styled('TrichYeu', [heading.subject]),
    rule(TEXT_TWIPS, widest * 0.38, 80),
    new Paragraph({ style: 'Ke', spacing: { before: 160 }, children: [] }),
  ]
}

const ADDRESSEES_MM = 25

function addresseesOf(names: readonly string[]): Paragraph[] {
  const [first] = names
  if (first === undefined) return []
  if (names.length === 1) return styled('KinhGui', [`Kính gửi: ${first}`])
  const left = twips(ADDRESSEES_MM)
  // Dashes stand under the colon; regular letters are a little narrower than the bold ones that are measured.
  const under = left + Math.round(widestPoints(['Kính gửi'], 14) * 20 * 0.98)
  const line = (words: string, indent: number, after: number) =>
    new Paragraph({
      style: 'KinhGuiNhieu',
      indent: { left: indent },
      spacing: { after },
      children: [new TextRun(words)],
    })
  return [line('Kính gửi:', left, 0), ...names.map((name, at) => line(name, under, at === names.length - 1 ? 280 : 0))]
}

function signatureOf({ signature, receivers, copies }: LaidOut): Table {
  const half = Math.round(TEXT_TWIPS / 2)
  const left = [
    ...styled('NoiNhanDau', ['Nơi nhận:']),
    ...styled('NoiNhan', receivers),
    ...(copies ? styled('NoiNhan', ['', copies]) : []),
  ]
  const { other, name } = signature
  const named = other
    ? [
        ...styled('ChucVuKhac', [other]),
        new Paragraph({ style: 'HoTen', spacing: { before: 0 }, children: [new TextRun(name)] }),
      ]
    : styled('HoTen', [name])
  const right = [...styled('ChucVu', signature.lines), ...named]
  return bareTable([half, half], [bareRow([left, right], [half, half])])
}

function annexSection(annex: LaidOutAnnex, pictures: Pictures): ISectionOptions {
  return {
    ...section([]),
    children: [
      ...styled('PhuLuc', [annex.label]),
      ...styled('TenPhuLuc', [annex.title]),
      ...styled('KemTheo', [annex.withWhat]),
      rule(TEXT_TWIPS, 99, 80),
      new Paragraph({ style: 'Ke', spacing: { before: 160 }, children: [] }),
      ...blocksOf(annex.body, { keepLast: false, pictures }),
    ],
  }
}

/** Pages counted from 1, the number in the top margin of all but the first (annex I, part I, I.7 and III.1đ). */
function section(contact: readonly string[]): Omit<ISectionOptions, 'children'> {
  const { top, bottom, left, right } = MARGINS
  const page = { top: twips(top), bottom: twips(bottom), left: twips(left), right: twips(right) }
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      titlePage: true,
      page: {
        size: { width: Math.round(210 * TWIPS_PER_MM), height: Math.round(297 * TWIPS_PER_MM) },
        margin: { ...page, header: twips(9), footer: twips(9) },
        pageNumbers: { start: 1 },
      },
    },
    headers: {
      first: new Header({ children: styled('SoTrang', ['']) }),
      default: new Header({
        children: [new Paragraph({ style: 'SoTrang', children: [new TextRun({ children: [PageNumber.CURRENT] })] })],
      }),
    },
    footers: {
      first: new Footer({ children: contactOf(contact) }),
      default: new Footer({ children: styled('DiaChi', ['']) }),
    },
  }
}

function contactOf(lines: readonly string[]): Paragraph[] {
  if (lines.length === 0) return styled('DiaChi', [''])
  const border = { top: { style: BorderStyle.SINGLE, size: 5, color: '000000', space: 3 } } as const
  return lines.map(
    (line, at) => new Paragraph({ style: 'DiaChi', ...(at === 0 ? { border } : {}), children: [new TextRun(line)] }),
  )
}
