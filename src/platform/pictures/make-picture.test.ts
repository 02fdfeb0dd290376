import exifr from 'exifr'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { likenessOf, makePicture } from './make-picture.ts'
import { pictureMaker } from './picture-worker.ts'

/** A number between 0 and 1 that looks like chance and is the same for the same seed. */
const chance = (seed: number) => Math.abs(Math.sin(seed * 12.9898) * 43_758.5453) % 1

/** A picture of five soft patches of light, placed by the seed, as no two places look the same. */
async function picture(seed: number, width = 640, height = 480): Promise<Buffer> {
  const patches = Array.from({ length: 5 }, (_, at) => {
    const [x, y, wide, light] = [1, 2, 3, 4].map((part) => chance(seed * 31 + at * 7 + part))
    return { x: x ?? 0, y: y ?? 0, wide: 0.05 + (wide ?? 0) * 0.15, light: (light ?? 0) * 255 }
  })
  const points = Buffer.alloc(width * height)
  for (let at = 0; at < points.length; at += 1) {
    const [x, y] = [(at % width) / width, Math.floor(at / width) / height]
    const weights = patches.map((patch) => Math.exp(-((x - patch.x) ** 2 + (y - patch.y) ** 2) / patch.wide ** 2))
    const whole = weights.reduce((sum, weight) => sum + weight, 1e-9)
    points[at] = Math.round(patches.reduce((sum, { light }, index) => sum + (light * (weights[index] ?? 0)) / whole, 0))
  }
  return sharp(points, { raw: { width, height, channels: 1 } })
    .toColourspace('srgb')
    .jpeg({ quality: 90 })
    .toBuffer()
}

function withPlace(jpeg: Buffer): Promise<Buffer> {
  return sharp(jpeg)
    .withExif({
      IFD0: { Copyright: 'Phòng Văn hóa' },
      IFD2: { DateTimeOriginal: '2026:07:30 08:00:00' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '22/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '103/1 50/1 0/1' },
    })
    .toBuffer()
}

const bitsApart = (one: string, other: string) => [...one].filter((bit, at) => bit !== other[at]).length

describe('a picture', () => {
  test('is shown without a word of its file; its place and day are kept apart', async () => {
    const made = await makePicture(await withPlace(await picture(1)))
    expect(made?.location?.latitude).toBeCloseTo(22.5)
    expect(made?.takenOn).toBe('2026-07-30')
    for (const { bytes } of made?.sizes ?? []) {
      expect(await exifr.gps(bytes).catch(() => undefined)).toBeUndefined()
      expect((await sharp(bytes).metadata()).exif).toBeUndefined()
    }
  })

  test('stands upright whatever way the phone was held', async () => {
    const made = await makePicture(
      await sharp(await picture(2, 640, 400))
        .withMetadata({ orientation: 6 })
        .toBuffer(),
    )
    expect([made?.width, made?.height]).toEqual([400, 640])
    expect(made?.sizes[0]).toMatchObject({ name: 'small', width: 300, height: 480 })
  })

  test.each([3, 11, 20, 29])('number %d is known again smaller and recompressed', async (seed) => {
    const original = await picture(seed)
    const again = await sharp(original).resize(200).jpeg({ quality: 40 }).toBuffer()
    expect(bitsApart((await likenessOf(original)) ?? '', (await likenessOf(again)) ?? '')).toBeLessThanOrEqual(8)
  })

  test.each(['webp', 'png', 'avif'] as const)('as %s has its place kept apart, too', async (format) => {
    const bytes = await sharp(await withPlace(await picture(6)))
      .keepExif()
      .toFormat(format)
      .toBuffer()
    const made = await makePicture(bytes)
    expect(made?.location?.longitude).toBeCloseTo(103.83, 1)
    expect(made?.takenOn).toBe('2026-07-30')
  })

  test('whose camera had no clock was taken on no day', async () => {
    const dateless = { IFD2: { DateTimeOriginal: '0000:00:00 00:00:00' } }
    const bytes = await sharp(await picture(7))
      .withExif(dateless)
      .toBuffer()
    expect((await makePicture(bytes))?.takenOn).toBeNull()
  })

  test('of one tone is like no other', async () => {
    const plain = (grey: number) => ({
      width: 60,
      height: 40,
      channels: 3 as const,
      background: { r: grey, g: grey, b: grey },
    })
    const bytes = await sharp({ create: plain(200) })
      .jpeg()
      .toBuffer()
    expect((await makePicture(bytes))?.likeness).toBeNull()
  })

  test('no two of forty pictures are taken for each other', async () => {
    const likenesses: (string | null)[] = []
    for (let seed = 0; seed < 40; seed += 1) {
      likenesses.push(await likenessOf(await picture(seed * 13 + 5, 160, 120)))
    }
    const pairs = likenesses.flatMap((one, at) =>
      likenesses.slice(at + 1).map((other) => bitsApart(one ?? '', other ?? '')),
    )
    expect(Math.min(...pairs)).toBeGreaterThan(8)
  })

  test.each([
    ['cut short', async () => (await picture(4)).subarray(0, 600)],
    ['nothing but its first bytes', async () => Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['none at all', async () => Buffer.from('not a picture')],
    ['too many points', async () => Buffer.from('89504e470d0a1a0a0000000d4948445200030d4000030d400802000000', 'hex')],
  ])('that is %s is told to be broken, in a thread of its own', async (_what, bytes) => {
    expect(await pictureMaker.make(new Uint8Array(await bytes()))).toBeNull()
  })

  test('is made in a thread', async () => {
    expect((await pictureMaker.make(new Uint8Array(await picture(5))))?.sizes).toHaveLength(2)
  })
})
