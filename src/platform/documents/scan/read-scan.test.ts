import sharp from 'sharp'
import { expect, test } from 'vitest'
import { type DocumentText, readDocument, type ReadingProgress } from '../index.ts'
import { cleanInk } from './clean-ink.ts'
import { findSkew } from './find-skew.ts'
import { buildScan, buildScannedPdf } from './scan.build.ts'
import { LINES } from './scan-sample.build.ts'

const OCR_MS = 120_000

function shareOfWords(document: DocumentText): number {
  const left = document.text.split(/\s+/)
  const wanted = LINES.join(' ').split(' ')
  const found = wanted.filter((word) => {
    const at = left.indexOf(word)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
  return found.length / wanted.length
}

test('a tilted, grainy, stamped and signed scan in a PDF is read end to end', { timeout: OCR_MS }, async () => {
  const progress: ReadingProgress[] = []
  const document = await readDocument(await buildScannedPdf([LINES]), 'quet.pdf', {
    onProgress: (step) => progress.push(step),
  })
  expect(document).toMatchObject({ format: 'pdf', scanned: true })
  expect(shareOfWords(document)).toBeGreaterThanOrEqual(0.8)
  for (const marker of [
    '1. Mục đích',
    'a) Nâng cao',
    'b) Phát huy',
    '2. Yêu cầu',
    '- Nội dung',
    '2. Phát thanh',
    'III. TỔ CHỨC',
  ])
    expect(document.text).toContain(marker)
  expect(progress.at(-1)).toEqual({ page: 1, pages: 1, stage: 'ocr' })
  const [page] = document.pages
  for (const word of page?.words ?? []) {
    expect(document.text.slice(...word.span)).toBe(word.text)
    expect(word.box.x + word.box.width).toBeLessThanOrEqual(page?.image?.width ?? 0)
  }
  expect(page?.doubtful).toBeLessThan(40)
  expect((await sharp(page?.image?.bytes).metadata()).width).toBe(page?.image?.width)
})

test('a photograph held sideways is turned as its camera says and read', { timeout: OCR_MS }, async () => {
  const { jpeg } = await buildScan(LINES, { skew: -2 })
  const sideways = await sharp(jpeg).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer()
  const document = await readDocument(sideways, 'anh.jpg')
  expect(document.format).toBe('image')
  expect(shareOfWords(document)).toBeGreaterThanOrEqual(0.8)
})

test('reading a scan ends at once when it is called off', async () => {
  const bytes = await buildScannedPdf([LINES])
  const control = new AbortController()
  const reading = readDocument(bytes, 'quet.pdf', {
    signal: control.signal,
    onProgress: ({ stage }) => stage === 'ocr' && control.abort(new Error('called off')),
  })
  await expect(reading).rejects.toThrow('called off')
})

test('stamp and pen become paper, print stays, also under the stamp', () => {
  const colours = {
    stamp: [220, 50, 60],
    pen: [40, 70, 200],
    print: [30, 30, 32],
    under: [95, 25, 30],
    paper: [250, 248, 240],
  }
  const { pixels } = cleanInk(Uint8Array.from(Object.values(colours).flat()), 5, 1)
  const [stamp, pen, print, under, paper] = pixels
  expect([stamp, pen]).toEqual([255, 255])
  expect(Math.max(print ?? 255, under ?? 255)).toBeLessThan(80)
  expect(paper).toBeGreaterThan(240)
})

test.each([-4, -1.5, 0, 0.75, 3])('the skew of a page turned by %d degrees is found', async (skew) => {
  const { jpeg } = await buildScan(LINES, { skew, dpi: 100 })
  const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true })
  expect(
    Math.abs(findSkew({ width: info.width, height: info.height, pixels: new Uint8Array(data) }) - skew),
  ).toBeLessThanOrEqual(0.5)
})
