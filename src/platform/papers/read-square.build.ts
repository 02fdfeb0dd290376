import jsqr from 'jsqr'
import sharp from 'sharp'
import { renderPageAsImage } from 'unpdf'

/** Some four pixels a module, as a phone sees it. */
const SCALE = 2

/** What the square on a page of a PDF says, read from the page as it is printed. @throws Error where there is none. */
export async function readSquare(pdf: Uint8Array, page = 1): Promise<string> {
  const canvasImport = () => import('@napi-rs/canvas')
  const image = await renderPageAsImage(new Uint8Array(pdf), page, { canvasImport, scale: SCALE })
  return readPhoto(new Uint8Array(image), `page ${page}`)
}

/** What the square on a picture says. @throws Error where there is none. */
export async function readPhoto(image: Uint8Array, name = 'the picture'): Promise<string> {
  const { data, info } = await sharp(image)
    .flatten({ background: '#fff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const found = jsqr.default(new Uint8ClampedArray(data), info.width, info.height)
  if (!found) throw new Error(`no square is seen on ${name}`)
  return found.data
}
