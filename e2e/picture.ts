import { randomUUID } from 'node:crypto'
import sharp from 'sharp'

export type Picture = Awaited<ReturnType<typeof picture>>

/** A picture of its own, by the pitch of its waves. */
export async function picture(name: string, pitch: number, width = 900) {
  const height = Math.round((width * 2) / 3)
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < pixels.length; at += 3) {
    const [x, y] = [(at / 3) % width, Math.floor(at / 3 / width)]
    const grain = (x * 7_919 + y * 104_729) % 23
    pixels.set([120 + 100 * Math.sin(x / pitch) + grain, 110 + 90 * Math.cos(y / (pitch + 11)), 90 + grain], at)
  }
  const buffer = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer()
  return { name: `${randomUUID().slice(0, 4)}-${name}`, mimeType: 'image/jpeg', buffer }
}
