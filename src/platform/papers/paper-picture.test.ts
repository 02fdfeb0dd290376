import { strFromU8, unzipSync } from 'fflate'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { layOut } from '../../core/document/index.ts'
import { buildPaper } from '../../core/document/paper.build.ts'
import type { Block } from '../../core/document/paper.ts'
import { drawDocx } from './draw-docx.ts'
import { drawPdf, drawSvg } from './draw-pdf.ts'
import { wordsOfPdf } from './pdf-words.build.ts'
import { pictureSize } from './picture-size.ts'

const [WIDE, TALL] = ['a1'.repeat(32), 'b2'.repeat(32)]
const body: Block[] = [WIDE, TALL].map((sha256) => ({
  kind: 'picture',
  sha256,
  caption: 'Buổi tuyên truyền tại chợ Bản Hồ',
  alternative: 'Bà con ngồi nghe ở sân chợ',
}))
const paper = layOut(buildPaper({ type: 'report', annexes: [{ title: 'Hình ảnh', body }] }))
let pictures: Record<string, Uint8Array>

beforeAll(async () => {
  const make = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#467' } })
  pictures = {
    [WIDE]: new Uint8Array(await make(600, 200).jpeg().toBuffer()),
    [TALL]: new Uint8Array(await make(200, 500).png().toBuffer()),
  }
})

describe('photographs on paper', () => {
  test('are numbered, with their captions, in PDF, and `./.` stands after the last', async () => {
    const words = (await wordsOfPdf(drawPdf(paper, pictures))).map(({ text }) => text).join(' ')
    expect(words).toContain('Ảnh 01. Buổi tuyên truyền tại chợ Bản Hồ')
    expect(words).toMatch(/Ảnh 02\. .*\.\/\.$/u)
  })

  test('keep their shape in DOCX and say what is to be seen', async () => {
    const parts = unzipSync(await drawDocx(paper, pictures))
    const document = strFromU8(parts['word/document.xml']!)
    expect(document.match(/descr="Bà con ngồi nghe ở sân chợ"/g)?.length).toBe(2)
    const extents = [...document.matchAll(/<wp:extent cx="(\d+)" cy="(\d+)"/g)].map(([, x, y]) => Number(x) / Number(y))
    expect(extents[0]).toBeCloseTo(3, 1)
    expect(extents[1]).toBeCloseTo(0.4, 1)
  })

  test('come out the same bytes each time', async () => {
    expect(await drawDocx(paper, pictures)).toEqual(await drawDocx(paper, pictures))
    expect(drawPdf(paper, pictures)).toEqual(drawPdf(paper, pictures))
  })

  test('stand in the picture of the pages, which runs nothing and whose later pages hide none before', () => {
    const svg = new TextDecoder().decode(drawSvg(paper, pictures))
    expect(svg).toContain('<image')
    expect(svg).not.toContain('<script')
    expect(svg).not.toContain('fill="#ffffff"')
  })

  test('are PNG or JPEG, as their own head says', () => {
    expect(pictureSize(pictures[WIDE]!)).toEqual({ type: 'jpg', width: 600, height: 200 })
    expect(pictureSize(pictures[TALL]!)).toEqual({ type: 'png', width: 200, height: 500 })
    expect(() => pictureSize(new TextEncoder().encode('GIF89a, a picture of old'))).toThrow('PNG or JPEG')
  })
})
