import sharp from 'sharp'
import type { Face } from '../../core/media/index.ts'

/** How far beyond the found box the blur reaches, as a part of it: hair and ears tell, too. */
const MARGIN = 0.35
/** Points that are left of a face's width: too few to know anybody by, whatever sharpens them again. */
const LEFT_OF_A_FACE = 5
const QUALITY = 88

/** The upright picture as JPEG with each face made of a few soft patches; nothing of the file is left. Null when unreadable. */
export async function blurFacesIn(bytes: Uint8Array, faces: readonly Face[]): Promise<Uint8Array | null> {
  try {
    const upright = await sharp(bytes, { failOn: 'error' })
      .rotate()
      .toColourspace('srgb')
      .flatten({ background: '#ffffff' })
      .png({ compressionLevel: 1 })
      .toBuffer({ resolveWithObject: true })
    const { data, info } = upright
    const patches = []
    for (const face of faces) {
      const box = boxOf(face, info.width, info.height)
      if (!box) continue
      // Down to a few points and up again; then soft, so that no edge of a point draws a feature.
      const few = await sharp(data)
        .extract(box)
        .resize(LEFT_OF_A_FACE, LEFT_OF_A_FACE, { fit: 'fill' })
        .png()
        .toBuffer()
      const soft = await sharp(few)
        .resize(box.width, box.height, { fit: 'fill', kernel: 'cubic' })
        .blur(Math.max(1, box.width / 20))
        .png()
        .toBuffer()
      patches.push({ input: soft, left: box.left, top: box.top })
    }
    return new Uint8Array(await sharp(data).composite(patches).jpeg({ quality: QUALITY, mozjpeg: true }).toBuffer())
  } catch {
    // Whatever the decoder says: this is no picture that can be shown.
    return null
  }
}

function boxOf({ x, y, width, height }: Face, across: number, down: number) {
  const left = Math.max(0, Math.floor((x - width * MARGIN) * across))
  const top = Math.max(0, Math.floor((y - height * MARGIN) * down))
  const right = Math.min(across, Math.ceil((x + width * (1 + MARGIN)) * across))
  const bottom = Math.min(down, Math.ceil((y + height * (1 + MARGIN)) * down))
  return right - left < 2 || bottom - top < 2 ? null : { left, top, width: right - left, height: bottom - top }
}
