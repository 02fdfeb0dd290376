import exifr from 'exifr'
import sharp from 'sharp'
import type { MadePicture } from '../../core/media/index.ts'

/** Points at most: a picture of more is made to stop a server. */
const MOST_PIXELS = 80_000_000
const SIZES = [
  { name: 'small', edge: 480 },
  { name: 'large', edge: 1_600 },
] as const

/** The sizes of a picture, upright, in sRGB and without a word of its file; null when it is none that can be read. */
export async function makePicture(bytes: Uint8Array): Promise<MadePicture | null> {
  try {
    const upright = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).rotate().toColourspace('srgb')
    const sizes = []
    for (const { name, edge } of SIZES) {
      const { data, info } = await upright
        .clone()
        .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: 82, mozjpeg: true })
        .toBuffer({ resolveWithObject: true })
      sizes.push({ name, bytes: new Uint8Array(data), mime: 'image/jpeg', width: info.width, height: info.height })
    }
    const { width, height } = await sharp(bytes).metadata()
    const turned = await isTurned(bytes)
    return {
      width: turned ? height : width,
      height: turned ? width : height,
      likeness: await likenessOf(sizes[0]?.bytes ?? bytes),
      sizes,
      ...(await madeWhereAndWhen(bytes)),
    }
  } catch {
    // Whatever the decoder says, the answer to a person is one: this is no picture that can be shown.
    return null
  }
}

async function isTurned(bytes: Uint8Array): Promise<boolean> {
  const { orientation } = await sharp(bytes).metadata()
  return orientation !== undefined && orientation >= 5
}

/** Difference hash: in nine by eight grey points, whether each is lighter than its left neighbour. */
async function likenessOf(bytes: Uint8Array): Promise<string> {
  const grey = await sharp(bytes).greyscale().resize(9, 8, { fit: 'fill' }).raw().toBuffer()
  let bits = ''
  for (let row = 0; row < 8; row += 1) {
    for (let column = 0; column < 8; column += 1) {
      const at = row * 9 + column
      bits += (grey[at + 1] ?? 0) > (grey[at] ?? 0) ? '1' : '0'
    }
  }
  return bits
}

async function madeWhereAndWhen(bytes: Uint8Array): Promise<Pick<MadePicture, 'takenOn' | 'location'>> {
  const tags: unknown = await exifr.parse(bytes, { gps: true, reviveValues: false }).catch(() => null)
  const { latitude, longitude, DateTimeOriginal: taken } = (tags ?? {}) as Record<string, unknown> // each is checked next
  const located = typeof latitude === 'number' && typeof longitude === 'number' && Number.isFinite(latitude + longitude)
  const day = typeof taken === 'string' ? /^(\d{4}):(\d{2}):(\d{2})/.exec(taken) : null
  return {
    takenOn: day ? `${day[1]}-${day[2]}-${day[3]}` : null,
    location: located ? { latitude, longitude } : null,
  }
}
