import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { parseDocument } from 'htmlparser2'
import { beforeAll, describe, expect, test } from 'vitest'
import { layOut } from '../../core/document/index.ts'
import { buildPaper } from '../../core/document/paper.build.ts'
import type { Paper } from '../../core/document/paper.ts'
import { drawDocx } from './draw-docx.ts'
import { wordsOfPdf } from './pdf-words.build.ts'

interface Node {
  readonly name?: string
  readonly data?: string
  readonly attribs?: Readonly<Record<string, string>>
  readonly children?: readonly Node[]
}

const REPORT: Partial<Paper> = {
  type: 'report',
  subject: 'Kết quả tuyên truyền năm 2026',
  addressees: ['Bộ Văn hóa, Thể thao và Du lịch', 'Ủy ban nhân dân tỉnh'],
  contact: 'Số 1, phường Cam Đường, tỉnh Lào Cai',
  body: [
    { kind: 'section', text: 'Kết quả' },
    { kind: 'heading', text: 'Theo hình thức' },
    { kind: 'point', text: 'Loa truyền thanh' },
    { kind: 'paragraph', text: 'Báo cáo để biết.' },
  ],
  annexes: [
    {
      title: 'Theo địa bàn',
      body: [
        {
          kind: 'table',
          total: false,
          columns: [{ title: 'Xã', share: 1, align: 'left' }],
          rows: [['Bản Hồ']],
        },
      ],
    },
  ],
}
const draw = (given: Partial<Paper> = {}) => drawDocx(layOut(buildPaper(given)))

function read(bytes: Uint8Array) {
  const parts = unzipSync(bytes)
  const part = (name: string) => parseDocument(strFromU8(parts[name]!), { xmlMode: true }) as unknown as Node
  const paragraphs = all(part('word/document.xml'), 'w:p').map((paragraph) => ({
    style: all(paragraph, 'w:pStyle')[0]?.attribs?.['w:val'] ?? 'Normal',
    text: all(paragraph, 'w:t').map(textOf).join(''),
  }))
  return { names: Object.keys(parts), part, paragraphs, sections: all(part('word/document.xml'), 'w:sectPr') }
}

function all(node: Node, name: string): Node[] {
  return [...(node.name === name ? [node] : []), ...(node.children ?? []).flatMap((child) => all(child, name))]
}
const textOf = (node: Node): string => node.data ?? (node.children ?? []).map(textOf).join('')
const value = (node: Node | undefined, name: string) => Number(node?.attribs?.[name])
const twips = (millimetres: number) => Math.round(millimetres * 56.6929)

describe('a report in Word', () => {
  let docx: ReturnType<typeof read>
  beforeAll(async () => {
    docx = read(await draw(REPORT))
  })

  test('has a page of A4 and the margins of the decree in each section, and pages counted from 1 in each', () => {
    expect(docx.sections.length).toBe(2)
    for (const section of docx.sections) {
      const [size, margins] = [all(section, 'w:pgSz')[0], all(section, 'w:pgMar')[0]]
      expect([value(size, 'w:w'), value(size, 'w:h')]).toEqual([twips(210), twips(297)])
      expect(['w:top', 'w:bottom', 'w:left', 'w:right'].map((side) => value(margins, side))).toEqual(
        [20, 20, 30, 15].map(twips),
      )
      expect(value(all(section, 'w:pgNumType')[0], 'w:start')).toBe(1)
      expect(all(section, 'w:titlePg').length).toBe(1)
    }
  })

  test('numbers pages in the middle of the head of all but the first page', () => {
    const headers = docx.names.filter((name) => /^word\/header\d+\.xml$/.test(name)).map((name) => docx.part(name))
    const numbered = headers.filter((header) => all(header, 'w:instrText').some((field) => textOf(field) === 'PAGE'))
    expect(numbered.length).toBe(2)
    for (const header of numbered) expect(all(header, 'w:pStyle')[0]?.attribs?.['w:val']).toBe('SoTrang')
  })

  test.each([
    ['QuocHieu', 12, true, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
    ['TieuNgu', 13, true, 'Độc lập - Tự do - Hạnh phúc'],
    ['CoQuanBanHanh', 12, true, 'SỞ VĂN HÓA,'],
    ['SoKyHieu', 13, false, 'Số: 05/BC-SVHTTDL'],
    ['DiaDanhNgay', 13, false, 'Lào Cai, ngày 07 tháng 02 năm 2026'],
    ['TenLoai', 14, true, 'BÁO CÁO'],
    ['Heading2', 14, true, 'I. KẾT QUẢ'],
    ['Heading3', 14, true, '1. Theo hình thức'],
    ['NoiDung', 14, false, 'Báo cáo để biết./.'],
    ['NoiNhanDau', 12, true, 'Nơi nhận:'],
    ['NoiNhan', 11, false, '- Lưu: VT, TTCS.'],
    ['ChucVu', 14, true, 'KT. GIÁM ĐỐC'],
    ['HoTen', 14, true, 'Nguyễn Thị Hoa'],
    ['PhuLuc', 14, true, 'Phụ lục'],
  ])('writes in the style %s of %d points', (id, points, bold, text) => {
    expect(docx.paragraphs).toContainEqual({ style: id, text })
    const style = all(docx.part('word/styles.xml'), 'w:style').find((one) => one.attribs?.['w:styleId'] === id)!
    expect(value(all(style, 'w:sz')[0], 'w:val')).toBe(points * 2)
    expect(all(style, 'w:b').some((one) => one.attribs?.['w:val'] !== 'false')).toBe(bold)
    expect(all(style, 'w:rFonts')[0]?.attribs?.['w:ascii']).toBe('Times New Roman')
  })

  test('uses no style that it does not define', () => {
    const defined = new Set(all(docx.part('word/styles.xml'), 'w:style').map((one) => one.attribs?.['w:styleId']))
    expect([...new Set(docx.paragraphs.map(({ style }) => style))].filter((style) => !defined.has(style))).toEqual([])
  })

  test('says what the PDF says: both are drawn of the same words', () => {
    const paper = layOut(buildPaper(REPORT))
    const words = docx.paragraphs.map(({ text }) => text)
    for (const line of [...paper.receivers, ...paper.addressees, ...paper.issuer]) expect(words).toContain(line)
  })
})

test('the same report is the same bytes, and none of them tells when it was made', async () => {
  const first = await draw(REPORT)
  await new Promise((done) => setTimeout(done, 5))
  expect(Buffer.compare(first, await draw(REPORT))).toBe(0)
  const core = strFromU8(unzipSync(first)['docProps/core.xml']!)
  expect(core).toContain('>2026-02-07T00:00:00Z<')
  expect(core.match(/\d{4}-\d\d-\d\dT/g)).toEqual(['2026-02-07T', '2026-02-07T'])
})

test('any text comes out of Word letter by letter', async () => {
  const letter = fc.constantFrom(...'aăâđêôơưấềỗợữỵẰẸỈỌỤỲ<>&"\'“”–…0123456789 ')
  await fc.assert(
    fc.asyncProperty(fc.array(letter, { minLength: 1, maxLength: 80 }), async (letters) => {
      const text = `Đầu ${letters.join('')} đuôi`.replace(/\s+/g, ' ')
      const { paragraphs } = read(
        await draw({
          body: [
            { kind: 'clause', text },
            { kind: 'clause', text: 'Hết' },
          ],
        }),
      )
      expect(paragraphs.map((one) => one.text)).toContain(`1. ${text}`)
    }),
    { numRuns: 20 },
  )
})

/** Has our own Tinos stand for Times New Roman, which no free machine has. */
function fontsConf(folder: string): string {
  const tinos = dirname(
    dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf')),
  )
  const alias = ['Times New Roman', 'Liberation Serif'].map(
    (family) =>
      `<match target="pattern"><test name="family"><string>${family}</string></test>` +
      `<edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit></match>`,
  )
  return `<?xml version="1.0"?><fontconfig><dir>${tinos}</dir><cachedir>${folder}/fonts</cachedir>${alias.join('')}</fontconfig>`
}

const SOFFICE = ['/usr/bin/soffice', '/usr/local/bin/soffice'].find(existsSync)

test.skipIf(!SOFFICE)(
  `LibreOffice opens it and sets it on as many pages${SOFFICE ? '' : ' (needs LibreOffice: apt-get install libreoffice-writer)'}`,
  { timeout: 120_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loa-docx-'))
    try {
      writeFileSync(join(folder, 'report.docx'), await draw(REPORT))
      const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
      const convert = [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, join(folder, 'report.docx')]
      writeFileSync(join(folder, 'fonts.conf'), fontsConf(folder))
      const env = { ...process.env, FONTCONFIG_FILE: join(folder, 'fonts.conf') }
      execFileSync(SOFFICE ?? '', convert, { stdio: 'ignore', env })
      const words = await wordsOfPdf(new Uint8Array(readFileSync(join(folder, 'report.pdf'))))
      const text = words.map((one) => one.text).join(' ')
      expect(Math.max(...words.map(({ page }) => page))).toBe(2)
      for (const part of ['Nơi nhận:', 'BÁO CÁO', 'Phụ lục', 'Bản Hồ']) expect(text).toContain(part)
      expect(Math.min(...words.map(({ x }) => x))).toBeGreaterThan(29.5)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
