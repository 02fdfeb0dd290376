import { type GreyPicture, inkThreshold } from './clean-ink.ts'

const DEGREES_AT_MOST = 5
const STEP_DEGREES = 0.25

/**
 * How far a page is turned clockwise, in degrees from −5 to 5: at the right angle the lines of print and the white
 * between them part most sharply in the profile of rows. Give it a picture about 800 pixels wide; it is not worth more.
 */
export function findSkew(picture: GreyPicture): number {
  const dots = darkDots(picture)
  let best = 0
  let bestSharpness = sharpness(dots, picture, 0) * 1.001
  for (let angle = -DEGREES_AT_MOST; angle <= DEGREES_AT_MOST; angle += STEP_DEGREES) {
    const found = sharpness(dots, picture, angle)
    if (found > bestSharpness) [best, bestSharpness] = [angle, found]
  }
  return best
}

interface Dots {
  readonly x: Uint16Array
  readonly y: Uint16Array
}

function darkDots({ width, height, pixels }: GreyPicture): Dots {
  const threshold = inkThreshold({ width, height, pixels })
  const dark: number[] = []
  pixels.forEach((pixel, at) => {
    if (pixel <= threshold) dark.push(at)
  })
  return { x: Uint16Array.from(dark, (at) => at % width), y: Uint16Array.from(dark, (at) => Math.floor(at / width)) }
}

function sharpness(dots: Dots, { width, height }: GreyPicture, degrees: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180)
  const margin = Math.ceil(width * Math.abs(slope))
  const rows = new Int32Array(height + 2 * margin + 2)
  for (let at = 0; at < dots.x.length; at += 1) {
    const row = Math.round((dots.y[at] ?? 0) - (dots.x[at] ?? 0) * slope) + margin
    rows[row] = (rows[row] ?? 0) + 1
  }
  let sum = 0
  for (let row = 1; row < rows.length; row += 1) sum += ((rows[row] ?? 0) - (rows[row - 1] ?? 0)) ** 2
  return sum
}
