import sharp from 'sharp'
import { Refusal } from '../../../core/kernel/refusal.ts'
import type { PageImage } from '../document-text.ts'
import { cleanInk, type GreyPicture, inkThreshold } from './clean-ink.ts'
import { findSkew } from './find-skew.ts'

export interface StraightPage {
  /** What the character reader gets: PNG, grey, ink gone, about 300 dots an inch. */
  readonly print: Buffer
  /** What a person gets: the same page in colour, straightened, with its margins, stamp and signature. */
  readonly image: PageImage
  readonly place: PrintPlace
}

/** Where `print` stands on the page: a place in it plus `left` and `top`, times `scale`, is the place in `image`. */
export interface PrintPlace {
  readonly left: number
  readonly top: number
  readonly scale: number
}

// 300 dots an inch on the long side of A4, what Tesseract was trained for.
const LONG_SIDE = 3508
const SHOWN_LONG_SIDE = 1754
const MARGIN = 40

/**
 * Mends a scanned or photographed page: turned as its camera says, stamp and pen removed, made straight, margins trimmed.
 *
 * @throws Refusal `document.broken`, `document.too_large`
 */
export async function straighten(picture: Uint8Array, imagePixels: number): Promise<StraightPage> {
  const { data, info } = await decode(picture, imagePixels)
  const raw = { width: info.width, height: info.height, channels: 3 as const }
  const grey = cleanInk(data, raw.width, raw.height)
  const angle = findSkew(await shrink(grey))
  const greyPage = sharp(grey.pixels, { raw: { ...raw, channels: 1 } }).rotate(-angle, { background: '#fff' })
  const turned = await greyPage.greyscale().raw().toBuffer({ resolveWithObject: true })
  const size = { width: turned.info.width, height: turned.info.height }
  const box = trimBox(whitenBorders({ ...size, pixels: new Uint8Array(turned.data) }))
  const print = sharp(turned.data, { raw: { ...size, channels: 1 } })
    .extract(box)
    .normalise()
    .png({ compressionLevel: 1 })
  const straight = await sharp(data, { raw })
    .rotate(-angle, { background: '#fff' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const colour = sharp(straight.data, { raw: { ...size, channels: 3 } }).resize({
    width: SHOWN_LONG_SIDE,
    height: SHOWN_LONG_SIDE,
    fit: 'inside',
    withoutEnlargement: true,
  })
  const shown = await colour.jpeg({ quality: 70 }).toBuffer({ resolveWithObject: true })
  return {
    print: await print.toBuffer(),
    image: {
      mime: 'image/jpeg',
      width: shown.info.width,
      height: shown.info.height,
      bytes: new Uint8Array(shown.data),
    },
    place: { left: box.left, top: box.top, scale: shown.info.width / size.width },
  }
}

async function decode(
  picture: Uint8Array,
  imagePixels: number,
): Promise<{ data: Buffer; info: { width: number; height: number } }> {
  try {
    const image = sharp(picture, { limitInputPixels: imagePixels, failOn: 'error' })
    const page = image
      .autoOrient()
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .resize({ width: LONG_SIDE, height: LONG_SIDE, fit: 'inside', kernel: 'cubic' })
    return await page.removeAlpha().raw().toBuffer({ resolveWithObject: true })
  } catch (error) {
    const refusal = new Refusal(
      error instanceof Error && /pixel limit/.test(error.message) ? 'document.bomb' : 'document.broken',
    )
    refusal.cause = error
    throw refusal
  }
}

async function shrink(grey: GreyPicture): Promise<GreyPicture> {
  const { width, height, pixels } = grey
  const small = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .resize({ width: 800 })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: small.info.width, height: small.info.height, pixels: new Uint8Array(small.data) }
}

interface Marks extends GreyPicture {
  readonly threshold: number
}

/** Rows and columns at the edge that are mostly dark are the scanner's lid or the table, and no print. */
function whitenBorders(picture: GreyPicture): Marks {
  const { width, height, pixels } = picture
  const threshold = inkThreshold(picture)
  const darkShare = (from: number, step: number, count: number): number => {
    let dark = 0
    for (let index = 0; index < count; index += 4) if ((pixels[from + index * step] ?? 255) <= threshold) dark += 4
    return dark / count
  }
  const row = (y: number): boolean => darkShare(y * width, 1, width) > 0.6
  const column = (x: number): boolean => darkShare(x, width, height) > 0.6
  for (let y = 0; y < height / 10 && row(y); y += 1) pixels.fill(255, y * width, (y + 1) * width)
  for (let y = height - 1; y > height * 0.9 && row(y); y -= 1) pixels.fill(255, y * width, (y + 1) * width)
  for (let x = 0; x < width / 10 && column(x); x += 1) for (let y = 0; y < height; y += 1) pixels[y * width + x] = 255
  for (let x = width - 1; x > width * 0.9 && column(x); x -= 1)
    for (let y = 0; y < height; y += 1) pixels[y * width + x] = 255
  return { ...picture, threshold }
}

function trimBox({ width, height, pixels, threshold }: Marks): {
  left: number
  top: number
  width: number
  height: number
} {
  const rows = new Int32Array(height)
  const columns = new Int32Array(width)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((pixels[y * width + x] ?? 255) > threshold) continue
      rows[y] = (rows[y] ?? 0) + 1
      columns[x] = (columns[x] ?? 0) + 1
    }
  }
  // A few specks are no print.
  const print = (count: number): boolean => count > 3
  const top = Math.max(0, rows.findIndex(print) - MARGIN)
  const bottom = Math.min(height, rows.findLastIndex(print) + MARGIN + 1)
  const left = Math.max(0, columns.findIndex(print) - MARGIN)
  const right = Math.min(width, columns.findLastIndex(print) + MARGIN + 1)
  if (bottom - top < 2 * MARGIN || right - left < 2 * MARGIN) return { left: 0, top: 0, width, height }
  return { left, top, width: right - left, height: bottom - top }
}
