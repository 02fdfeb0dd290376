import exifr from 'exifr'
import sharp from 'sharp'
import { isDay } from '../../core/kernel/index.ts'
import type { MadePicture } from '../../core/media/index.ts'

/** Points at most: a picture of more is made to stop a server. */
const MOST_PIXELS = 80_000_000
const SIZES = [
  { name: 'small', edge: 480 },
  { name: 'large', edge: 1_600 },
] as const

/** Grey levels that compression adds or takes where a picture is even. */
const NOISE = 2
/** Grey levels between the darkest and the lightest point at least; of a picture with fewer no likeness is worth knowing. */
const LEAST_CONTRAST = 12

/**
 * The sizes of a picture, upright, in sRGB and without a word of its file; of a moving picture the first. Null when it
 * is none that can be read.
 */
export async function makePicture(bytes: Uint8Array): Promise<Omit<MadePicture, 'faces'> | null> {
  return makeSizes(bytes).catch(() => null) // Whatever the decoder says: no picture that can be shown.
}

async function makeSizes(bytes: Uint8Array): Promise<Omit<MadePicture, 'faces'>> {
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
  const { width, height, orientation = 1, exif } = await sharp(bytes).metadata()
  const turned = orientation >= 5
  return {
    width: turned ? height : width,
    height: turned ? width : height,
    likeness: await likenessOf(sizes[0]?.bytes ?? bytes),
    sizes,
    ...(await whereAndWhen(exif)),
  }
}

/** Difference hash: in nine by eight grey points, whether each is lighter than its left neighbour. */
export async function likenessOf(bytes: Uint8Array): Promise<string | null> {
  const grey = await sharp(bytes).greyscale().resize(9, 8, { fit: 'fill' }).raw().toBuffer()
  if (Math.max(...grey) - Math.min(...grey) < LEAST_CONTRAST) return null
  let bits = ''
  for (let row = 0; row < 8; row += 1) {
    for (let column = 0; column < 8; column += 1) {
      const at = row * 9 + column
      bits += (grey[at + 1] ?? 0) > (grey[at] ?? 0) + NOISE ? '1' : '0'
    }
  }
  return bits
}

/** What cameras write, in whatever kind of picture: the block of EXIF alike, after its name. */
async function whereAndWhen(exif: Buffer | undefined): Promise<Pick<MadePicture, 'takenOn' | 'location'>> {
  const block = exif?.subarray(exif.toString('latin1', 0, 4) === 'Exif' ? 6 : 0)
  const tags: unknown = block && (await exifr.parse(block, { gps: true, reviveValues: false }).catch(() => null))
  const { latitude, longitude, DateTimeOriginal: taken } = (tags ?? {}) as Record<string, unknown> // each is checked next
  const located = typeof latitude === 'number' && typeof longitude === 'number' && Number.isFinite(latitude + longitude)
  const found = typeof taken === 'string' ? /^(\d{4}):(\d{2}):(\d{2})/.exec(taken) : null
  const day = found ? `${found[1]}-${found[2]}-${found[3]}` : null
  return {
    takenOn: day !== null && isDay(day) ? day : null,
    location: located ? { latitude, longitude } : null,
  }
}
