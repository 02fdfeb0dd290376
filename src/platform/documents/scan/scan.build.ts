import { createRequire } from 'node:module'
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas'
import sharp from 'sharp'
import { buildPdf } from '../pdf/pdf.build.ts'

export interface ScanOptions {
  /** Degrees, clockwise. */
  readonly skew?: number
  /** A red round seal over the lower text. */
  readonly stamp?: boolean
  /** A signature in blue ink over the lower text. */
  readonly ink?: boolean
  /** Standard deviation of the grain, of 255. */
  readonly noise?: number
  /** Pixels per inch of the A4 page. */
  readonly dpi?: number
}

const FONT = 'Tinos'

/** A page of text as an office would scan it: A4, JPEG, tilted, grainy, stamped and signed. For tests and demonstrations. */
export async function buildScan(
  lines: readonly string[],
  options: ScanOptions = {},
): Promise<{ jpeg: Buffer; width: number; height: number }> {
  const { skew = 1.5, stamp = true, ink = true, noise = 10, dpi = 200 } = options
  const width = Math.round(8.27 * dpi)
  const height = Math.round(11.69 * dpi)
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fbfaf6'
  context.fillRect(0, 0, width, height)
  context.translate(width / 2, height / 2)
  context.rotate((skew * Math.PI) / 180)
  context.translate(-width / 2, -height / 2)
  const bottom = drawLines(context, lines, dpi)
  if (stamp) drawStamp(context, dpi, width * 0.6, bottom)
  if (ink) drawInk(context, dpi, width * 0.66, bottom)
  const raw = context.getImageData(0, 0, width, height).data
  const page = sharp(addGrain(raw, noise), { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .blur(0.6)
  return { jpeg: await page.jpeg({ quality: 80 }).toBuffer(), width, height }
}

/** A PDF whose only pages are pictures. */
export async function buildScannedPdf(
  pages: readonly (readonly string[])[],
  options: ScanOptions = {},
): Promise<Buffer> {
  const pictures = []
  for (const lines of pages) pictures.push({ picture: await buildScan(lines, options) })
  return buildPdf(pictures)
}

// The same grain every time, so that a test reads the same page.
function addGrain(pixels: Uint8ClampedArray, deviation: number): Uint8ClampedArray {
  let state = 74
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) / 0x7fffffff
  for (let at = 0; at < pixels.length; at += 4) {
    const grain = (next() + next() + next() - 1.5) * 2 * deviation
    for (let channel = at; channel < at + 3; channel += 1) pixels[channel] = (pixels[channel] ?? 0) + grain
  }
  return pixels
}

function drawLines(context: SKRSContext2D, lines: readonly string[], dpi: number): number {
  const files = createRequire(import.meta.url)
  GlobalFonts.registerFromPath(files.resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf'), FONT)
  const size = (13 / 72) * dpi
  const left = 1.2 * dpi
  const right = 7.6 * dpi
  context.fillStyle = '#1c1c1c'
  context.font = `${size}px ${FONT}`
  let y = 1.1 * dpi
  for (const line of lines) {
    let x = left
    for (const word of line.split(' ')) {
      const length = context.measureText(`${word} `).width
      if (x > left && x + length > right) {
        x = left
        y += size * 1.45
      }
      context.fillText(word, x, y)
      x += length
    }
    y += size * 1.6
  }
  return y
}

function drawStamp(context: SKRSContext2D, dpi: number, x: number, y: number): void {
  context.strokeStyle = 'rgba(214, 32, 40, 0.75)'
  context.fillStyle = 'rgba(214, 32, 40, 0.75)'
  context.lineWidth = dpi * 0.02
  for (const radius of [0.7, 0.62, 0.3]) {
    context.beginPath()
    context.arc(x, y - dpi * 0.5, radius * dpi, 0, Math.PI * 2)
    context.stroke()
  }
  context.font = `${dpi * 0.12}px ${FONT}`
  context.fillText('ỦY BAN NHÂN DÂN', x - dpi * 0.55, y - dpi * 0.46)
}

function drawInk(context: SKRSContext2D, dpi: number, x: number, y: number): void {
  context.strokeStyle = 'rgba(30, 60, 190, 0.85)'
  context.lineWidth = dpi * 0.015
  context.beginPath()
  context.moveTo(x, y)
  for (let step = 1; step <= 12; step += 1) {
    context.quadraticCurveTo(
      x + step * dpi * 0.1,
      y + (step % 2 ? -0.7 : 0.3) * dpi,
      x + step * dpi * 0.13,
      y - dpi * 0.15,
    )
  }
  context.stroke()
}
