import { expect, test } from 'vitest'
import { readDocument } from '../index.ts'
import { buildPdf, type PdfLine } from './pdf.build.ts'

const body = (page: number): PdfLine[] => [
  { text: String(page), x: 295, y: 810 },
  { text: 'Cổng thông tin điện tử tỉnh', x: 60, y: 795, size: 8 },
  { text: `Đoạn ${'abcd'[page - 1] ?? ''} của kế hoạch`, x: 60, y: 740 },
  { text: `${'abcd'[page - 1] ?? ''}) treo pa nô, áp phích.`, x: 60, y: 722 },
]

test('letter head column by column, table rows with pipes, running heads and page numbers dropped', async () => {
  const head: PdfLine[] = [
    { text: 'UBND TỈNH', x: 60, y: 780 },
    { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', x: 280, y: 780 },
    { text: 'SỞ THÔNG TIN', x: 60, y: 762 },
    { text: 'Độc lập - Tự do - Hạnh phúc', x: 300, y: 762 },
    { text: 'KẾ HOẠCH TUYÊN TRUYỀN VỀ PHÒNG, CHỐNG MUA BÁN NGƯỜI', x: 120, y: 720 },
    { text: 'TT', x: 60, y: 690 },
    { text: 'Nội dung', x: 140, y: 690 },
  ]
  const bytes = buildPdf([{ lines: head }, ...[2, 3, 4].map((page) => ({ lines: body(page) }))])
  const document = await readDocument(bytes, 'a.pdf')
  expect(document.pages[0]?.text.split('\n')).toEqual([
    'UBND TỈNH',
    'SỞ THÔNG TIN',
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    'KẾ HOẠCH TUYÊN TRUYỀN VỀ PHÒNG, CHỐNG MUA BÁN NGƯỜI',
    'TT | Nội dung',
  ])
  expect(document.pages[1]?.text).toBe('Đoạn b của kế hoạch\nb) treo pa nô, áp phích.')
  expect(document.scanned).toBe(false)
  for (const page of document.pages) expect(document.text.slice(...page.span)).toBe(page.text)
})

test('letters of a TCVN3 font become Unicode', async () => {
  const lines = ['KÕ ho¹ch tuyªn truyÒn phßng, chèng mua b¸n phô n÷', 'trªn ®Þa bµn tØnh Lµo Cai n¨m 2023'].map(
    (text, row) => ({ text, x: 60, y: 700 - row * 20 }),
  )
  const { text, encoding } = await readDocument(buildPdf([{ lines }]), 'a.pdf')
  expect(text).toBe('Kế hoạch tuyên truyền phòng, chống mua bán phụ nữ\ntrên địa bàn tỉnh Lào Cai năm 2023')
  expect(encoding).toBe('tcvn3')
})
