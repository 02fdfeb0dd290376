/** A grey picture, one byte a pixel, rows from the top. */
export interface GreyPicture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

// A colour counts as ink of a stamp or a pen from this saturation on; less is the yellow of paper or the fringe of JPEG.
const INK_SATURATION = 0.28
// Under this brightness it is print, perhaps under a stamp: red over black stays dark in every channel.
const INK_BRIGHTNESS = 100

/**
 * Grey picture in which red stamps and blue ink are white paper: hue and saturation decide, so print beneath them stays.
 *
 * @param rgb three bytes a pixel
 */
export function cleanInk(rgb: Uint8Array, width: number, height: number): GreyPicture {
  const pixels = new Uint8Array(width * height)
  for (let at = 0, from = 0; at < pixels.length; at += 1, from += 3) {
    const red = rgb[from] ?? 0
    const green = rgb[from + 1] ?? 0
    const blue = rgb[from + 2] ?? 0
    const brightest = Math.max(red, green, blue)
    const spread = brightest - Math.min(red, green, blue)
    const ink = brightest > INK_BRIGHTNESS && spread > brightest * INK_SATURATION && isInkHue(red, green, blue)
    pixels[at] = ink ? 255 : (red * 77 + green * 150 + blue * 29) >> 8
  }
  return { width, height, pixels }
}

// Red (hue −30° to 25°) or blue to violet (190° to 290°).
function isInkHue(red: number, green: number, blue: number): boolean {
  if (red >= green && red >= blue)
    return green - blue < (red - Math.min(green, blue)) * 0.42 && blue - green < (red - green) * 0.6
  return blue >= green && blue >= red && green - red < (blue - red) * 0.85
}

/** The darkness that best parts print from paper (N. Otsu 1979, *A threshold selection method from gray-level histograms*). */
export function inkThreshold(picture: GreyPicture): number {
  const counts = new Float64Array(256)
  for (const pixel of picture.pixels) counts[pixel] = (counts[pixel] ?? 0) + 1
  const total = picture.pixels.length
  let sum = 0
  counts.forEach((count, level) => (sum += count * level))
  let [dark, darkSum, best, threshold] = [0, 0, -1, 128]
  for (let level = 0; level < 256; level += 1) {
    dark += counts[level] ?? 0
    darkSum += (counts[level] ?? 0) * level
    if (dark === 0 || dark === total) continue
    const between = dark * (total - dark) * (darkSum / dark - (sum - darkSum) / (total - dark)) ** 2
    if (between > best) [best, threshold] = [between, level]
  }
  return threshold
}
