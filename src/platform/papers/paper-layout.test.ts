import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { layOut } from '../../core/document/index.ts'
import { buildPaper } from '../../core/document/paper.build.ts'
import type { Block, Paper } from '../../core/document/paper.ts'
import { drawPdf } from './draw-pdf.ts'
import { lineOf, wordsOfPdf, type PdfWords } from './pdf-words.build.ts'

const LONG = 'Các cơ quan, đơn vị, địa phương đã tổ chức tuyên truyền phù hợp với từng nhóm đối tượng. '
  .repeat(4)
  .trim()
const TABLE: Block = {
  kind: 'table',
  total: true,
  columns: [
    { title: 'Địa bàn', share: 3, align: 'left' },
    { title: 'Lượt người', share: 1, align: 'right' },
  ],
  rows: [...Array.from({ length: 70 }, (_, at) => [`Xã thứ ${at + 1}`, '1.234']), ['Cộng', '86.380']],
}
const REPORT: Partial<Paper> = {
  type: 'report',
  subject: 'Kết quả tuyên truyền năm 2026',
  addressees: ['Bộ Văn hóa, Thể thao và Du lịch', 'Ủy ban nhân dân tỉnh'],
  body: [
    { kind: 'basis', text: 'Căn cứ Kế hoạch tuyên truyền' },
    { kind: 'part', text: 'Tình hình' },
    { kind: 'section', text: 'Kết quả' },
    { kind: 'heading', text: 'Theo hình thức' },
    ...Array.from({ length: 12 }, (): Block => ({ kind: 'point', text: LONG })),
  ],
  annexes: [
    { title: 'Theo địa bàn', body: [TABLE] },
    { title: 'Ảnh', body: [{ kind: 'paragraph', text: 'Ảnh kèm theo.' }] },
  ],
}
const draw = (given: Partial<Paper> = {}) => drawPdf(layOut(buildPaper(given)))
const middle = ({ x, right }: PdfWords) => (x + right) / 2
const near = (value: number, wanted: number, within = 0.3) => expect(Math.abs(value - wanted)).toBeLessThan(within)

describe('a letter on paper', () => {
  let words: PdfWords[]
  beforeAll(async () => {
    words = await wordsOfPdf(draw())
  })

  test.each([
    ['UBND TỈNH LÀO CAI', 12, 'Tinos-Regular'],
    ['SỞ VĂN HÓA,', 12, 'Tinos-Bold'],
    ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 12, 'Tinos-Bold'],
    ['Độc lập - Tự do - Hạnh phúc', 13, 'Tinos-Bold'],
    ['Số: 05/SVHTTDL-TTCS', 13, 'Tinos-Regular'],
    ['Lào Cai, ngày 07 tháng 02 năm 2026', 13, 'Tinos-Italic'],
    ['V/v đề nghị', 12, 'Tinos-Regular'],
    ['Kính gửi: Ủy ban nhân dân tỉnh Lào Cai', 14, 'Tinos-Regular'],
    ['Kính đề nghị Ủy ban nhân dân tỉnh xem xét, quyết định./.', 14, 'Tinos-Regular'],
    ['Nơi nhận:', 12, 'Tinos-BoldItalic'],
    ['- Như trên;', 11, 'Tinos-Regular'],
    ['- Lưu: VT, TTCS.', 11, 'Tinos-Regular'],
    ['KT. GIÁM ĐỐC', 14, 'Tinos-Bold'],
    ['PHÓ GIÁM ĐỐC', 14, 'Tinos-Bold'],
    ['Nguyễn Thị Hoa', 14, 'Tinos-Bold'],
  ])('sets “%s” at %d points in %s', (text, size, font) => {
    const line = lineOf(words, text)
    expect([line.size, line.font.split('+')[1]]).toEqual([size, font])
  })

  test('keeps all within the margins: 30 mm left, 15 mm right, 20 mm above and below', () => {
    near(Math.min(...words.map(({ x }) => x)), 30)
    expect(Math.max(...words.map(({ right }) => right))).toBeLessThan(195.1)
    for (const { y } of words) expect(y > 20 && y < 277).toBe(true)
  })

  test('centres each block under the one above it, number and day on one line', () => {
    const [number, day] = [lineOf(words, 'Số:'), lineOf(words, 'Lào Cai, ngày')]
    near(number.y, day.y, 0.01)
    near(
      middle({ ...number, right: words.find(({ text }) => text.startsWith('Số:'))?.right ?? 0 }),
      middle(lineOf(words, 'THỂ THAO')),
    )
    near(middle(day), middle(lineOf(words, 'Độc lập')))
    near(middle(day), middle(words.find(({ text }) => text.startsWith('CỘNG HÒA'))!))
    const about = words.filter(({ size, y }) => size === 12 && y > number.y && y < number.y + 20)
    for (const line of about) near(middle(line), middle(lineOf(words, 'THỂ THAO')))
  })

  test('signs to the right, level with “Nơi nhận”, which stands at the left margin', () => {
    const [receivers, post] = [words.find(({ text }) => text === 'Nơi nhận:')!, lineOf(words, 'KT.')]
    near(receivers.x, 30)
    near(receivers.y, post.y, 1)
    near(middle(post), middle(lineOf(words, 'PHÓ GIÁM ĐỐC')))
    near(middle(post), middle(lineOf(words, 'Nguyễn Thị Hoa')))
    expect(lineOf(words, 'Nguyễn Thị Hoa').y - lineOf(words, 'PHÓ GIÁM ĐỐC').y).toBeGreaterThan(20)
  })
})

describe('a report on paper', () => {
  let words: PdfWords[]
  beforeAll(async () => {
    words = await wordsOfPdf(draw(REPORT))
  })
  const numbers = (page: number) => words.filter((one) => one.page === page && one.y < 20)
  const annexAt = () => lineOf(words, 'Phụ lục I').page

  test('numbers pages in the middle of the top margin from the second on', () => {
    expect(annexAt()).toBeGreaterThan(2)
    expect(numbers(1)).toEqual([])
    for (let page = 2; page < annexAt(); page++) {
      const [number] = numbers(page)
      expect([number?.text, number?.size, numbers(page).length]).toEqual([String(page), 14, 1])
      near(middle(number!), (30 + 195) / 2)
    }
  })

  test('numbers the pages of each annex anew, and its head rows again on each page', () => {
    const first = annexAt()
    const second = lineOf(words, 'Phụ lục II').page
    expect([numbers(first), numbers(second)]).toEqual([[], []])
    expect(numbers(first + 1).map(({ text }) => text)).toEqual(['2'])
    for (let page = first; page < second; page++) {
      expect(words.some((one) => one.page === page && one.text === 'Địa bàn')).toBe(true)
    }
    expect(words.filter(({ page, text }) => page === second - 1 && text === './.').length).toBe(1)
  })

  test('stands with its type and subject in bold in the middle, and dashes under the colon of “Kính gửi”', () => {
    for (const text of ['BÁO CÁO', 'Kết quả tuyên truyền năm 2026', 'Phần I', 'TÌNH HÌNH']) {
      const line = lineOf(words, text)
      near(middle(line), (30 + 195) / 2)
      expect([line.size, line.font.endsWith('Tinos-Bold')]).toEqual([14, true])
    }
    const [to, first, second] = [lineOf(words, 'Kính gửi:'), lineOf(words, '- Bộ Văn hóa'), lineOf(words, '- Ủy ban')]
    near(first.x, second.x)
    near(first.x, to.right, 1.5)
  })

  test('indents each paragraph by 12.7 mm and justifies it, 6 points and more apart, one to one and a half lines', () => {
    const [point, ...more] = words.filter(({ page, y }) => page === 2 && y > 20)
    for (const line of words.filter(({ text }) => /^[a-hđ]\) Các/u.test(text))) near(line.x, 42.7)
    near(point!.right, 195)
    const pitch = (more[0]!.y - point!.y) / ((14 * 25.4) / 72)
    expect(pitch).toBeGreaterThan(1.149)
    expect(pitch).toBeLessThan(1.149 * 1.5)
    const next = words.filter(({ page, text }) => page === 2 && /^[a-zđ]\) /u.test(text))[1]!
    const before = words.filter(({ page, y }) => page === 2 && y < next.y).at(-1)!
    expect(((next.y - before.y) / 25.4) * 72 - pitch * 14).toBeGreaterThan(5.9)
  })

  test('has nothing of the hour in it: the same report gives the same bytes, whatever was drawn between', () => {
    const first = draw(REPORT)
    draw({ subject: 'Khác' })
    expect(Buffer.compare(first, draw(REPORT))).toBe(0)
    expect(Buffer.from(first).includes('D:20260207')).toBe(true)
  })
})

describe('letters', () => {
  const VIETNAMESE = [
    ...'aăâbcdđeêghiklmnoôơpqrstuưvxy',
    ...'áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ',
  ].flatMap((letter) => [letter, letter.toLocaleUpperCase('vi')])

  test('of Vietnamese come out of the PDF one by one as they went in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...VIETNAMESE), { minLength: 1, maxLength: 8 }), {
          minLength: 1,
          maxLength: 60,
        }),
        async (syllables) => {
          const text = `Đầu ${syllables.map((letters) => letters.join('')).join(' ')} đuôi`
          const words = await wordsOfPdf(draw({ body: [{ kind: 'paragraph', text }] }))
          const read = words.map((one) => one.text).join(' ')
          expect(read.replace(/\s+/g, ' ')).toContain(text)
        },
      ),
      { numRuns: 25 },
    )
    const all = await wordsOfPdf(draw({ body: [{ kind: 'paragraph', text: VIETNAMESE.join(' ') }] }))
    expect(all.map(({ text }) => text).join(' ')).toContain(VIETNAMESE.join(' '))
  })

  test('that the typeface lacks are refused, not drawn as boxes', () => {
    expect(() => draw({ body: [{ kind: 'paragraph', text: 'Chúc mừng 🎉 漢' }] })).toThrow(
      expect.objectContaining({ code: 'document.letters_missing', facts: { letters: '🎉 漢' } }),
    )
  })
})
