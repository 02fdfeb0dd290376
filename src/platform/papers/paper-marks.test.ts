import { strFromU8, unzipSync } from 'fflate'
import { parseDocument } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { layOut } from '../../core/document/index.ts'
import { buildContent, buildPaper } from '../../core/document/paper.build.ts'
import type { Paper } from '../../core/document/paper.ts'
import { drawDocx } from './draw-docx.ts'
import { drawPdf } from './draw-pdf.ts'
import { framesOfPdf } from './pdf-frames.build.ts'
import { lineOf, wordsOfPdf } from './pdf-words.build.ts'

/** Widths and heights of annex I, part I, III.2b. */
const URGENCIES = [
  ['urgent', 'KHẨN', 20],
  ['very_urgent', 'THƯỢNG KHẨN', 40],
  ['express', 'HOẢ TỐC', 30],
] as const
const LETTER = { type: 'letter' } as const
const PLAN = { type: 'plan' } as const
const pdfOf = (given: Partial<Paper>) => drawPdf(layOut(buildPaper(given)))
const near = (value: number, wanted: number, within = 0.05) => expect(Math.abs(value - wanted)).toBeLessThan(within)

describe.each([LETTER, PLAN])('the urgency of a $type on paper', (type) => {
  test.each(URGENCIES)(
    '%s is “%s” in a bright red frame of %d by 8 mm, in the middle under the number',
    async (urgency, words, width) => {
      const pdf = pdfOf({ ...type, urgency })
      const [frame, ...more] = await framesOfPdf(pdf)
      expect(more).toEqual([])
      near(frame!.width, width)
      near(frame!.height, 8)
      const all = await wordsOfPdf(pdf)
      const [line, number] = [all.find(({ text }) => text === words)!, lineOf(all, 'Số:')]
      expect([frame!.ink, line.size, line.font.split('+')[1], frame!.page]).toEqual(['#ff0000', 13, 'Tinos-Bold', 1])
      // Balanced in its frame, the frame in its column, and nothing above it but number and subject.
      near((line.x + line.right) / 2, frame!.x + width / 2)
      near(frame!.x + width / 2, 30 + (165 * 0.43) / 2)
      expect(line.y > frame!.y && line.y < frame!.y + 8).toBe(true)
      expect(frame!.y).toBeGreaterThan(number.y)
      const next = all.find(({ y, x, size }) => y > frame!.y + 8 && (x > 30 || size === 14))!
      expect(next.y).toBeGreaterThan(frame!.y + 8 + 4)
    },
  )
})

test('a document that is not urgent has no frame', async () => {
  expect(await framesOfPdf(pdfOf(LETTER))).toEqual([])
})

test('where it may go stands in a black frame under the urgency, however long it is', async () => {
  const circulation = 'Xem xong trả lại sau hội nghị ban chỉ đạo'
  const [urgency, frame] = await framesOfPdf(pdfOf({ ...LETTER, urgency: 'express', circulation }))
  expect(frame!.ink).toBe('#000000')
  expect(frame!.y).toBeGreaterThan(urgency!.y + 8)
  expect(frame!.x >= 30 && frame!.x + frame!.width <= 30 + 165 * 0.43 + 0.01).toBe(true)
  const lines = (await wordsOfPdf(pdfOf({ ...LETTER, circulation }))).filter(({ text }) =>
    /XEM XONG|BAN CHỈ ĐẠO/u.test(text),
  )
  expect(lines.map(({ size, font }) => [size, font.endsWith('Tinos-Bold')])).toEqual(lines.map(() => [13, true]))
  expect(lines.length).toBeGreaterThan(0)
})

describe('who signs for a committee', () => {
  const signature = {
    ...buildContent().signature,
    authority: [{ prefix: 'TM.', of: 'Ban Chỉ đạo' }] as const,
    position: 'Trưởng ban',
    otherPosition: 'Phó Chủ tịch UBND tỉnh',
    name: 'Giàng Thị Dung',
  }
  const committee = { signature: { ...signature, authority: [...signature.authority] } }

  test('stands under the other post, with the room for signature and seal above both', async () => {
    const all = await wordsOfPdf(pdfOf(committee))
    const [post, other, name] = [lineOf(all, 'TRƯỞNG BAN'), lineOf(all, 'PHÓ CHỦ TỊCH'), lineOf(all, 'Giàng Thị')]
    expect([other.size, other.font.split('+')[1]]).toEqual([14, 'Tinos-Bold'])
    near((other.x + other.right) / 2, (name.x + name.right) / 2, 0.3)
    expect(other.y - post.y).toBeGreaterThan(24)
    expect(name.y - other.y).toBeLessThan(7)
  })

  test('says so in Word, too', async () => {
    const { texts } = await readDocx(committee)
    expect(texts.slice(texts.indexOf('TRƯỞNG BAN'))).toEqual(['TRƯỞNG BAN', 'PHÓ CHỦ TỊCH UBND TỈNH', 'Giàng Thị Dung'])
  })
})

interface Node {
  readonly name?: string
  readonly data?: string
  readonly attribs?: Readonly<Record<string, string>>
  readonly children?: readonly Node[]
}
const all = (node: Node, name: string): Node[] => [
  ...(node.name === name ? [node] : []),
  ...(node.children ?? []).flatMap((child) => all(child, name)),
]
const textOf = (node: Node): string => node.data ?? (node.children ?? []).map(textOf).join('')

async function readDocx(given: Partial<Paper>) {
  const file = unzipSync(await drawDocx(layOut(buildPaper(given))))['word/document.xml']!
  const document = parseDocument(strFromU8(file), { xmlMode: true }) as unknown as Node
  return { document, texts: all(document, 'w:p').map((one) => all(one, 'w:t').map(textOf).join('')) }
}

describe('the urgency of a document in Word', () => {
  const TWIPS_PER_MM = 56.6929

  test.each(URGENCIES)(
    '%s is “%s” in a frame of %d by 8 mm in the left column of the head',
    async (urgency, words, width) => {
      const { document } = await readDocx({ ...PLAN, urgency })
      const [head] = all(document, 'w:tbl')
      const [frame, ...more] = (head!.children ?? []).flatMap((child) => all(child, 'w:tbl'))
      expect(more).toEqual([])
      const [cell] = all(frame!, 'w:tcW')
      const [height] = all(frame!, 'w:trHeight')
      expect(Number(cell!.attribs!['w:w'])).toBe(Math.round(width * TWIPS_PER_MM))
      expect([Number(height!.attribs!['w:val']), height!.attribs!['w:hRule']]).toEqual([
        Math.round(8 * TWIPS_PER_MM),
        'atLeast',
      ])
      expect([all(frame!, 'w:t').map(textOf), all(frame!, 'w:jc')[0]?.attribs?.['w:val']]).toEqual([[words], 'center'])
      expect(
        all(frame!, 'w:tcBorders')
          .flatMap(({ children }) => children ?? [])
          .map(({ attribs }) => attribs?.['w:color']),
      ).toEqual(['FF0000', 'FF0000', 'FF0000', 'FF0000'])
      expect(all(frame!, 'w:pStyle')[0]?.attribs?.['w:val']).toBe('DoKhan')
      const [, , third] = all(document, 'w:tr')
      expect(
        all(
          third!.children!.find(({ name }) => name === 'w:tc')!,
          'w:t',
        ).map(textOf),
      ).toEqual([words])
    },
  )
})
