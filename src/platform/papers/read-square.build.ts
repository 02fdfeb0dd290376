import sharp from 'sharp'
import { renderPageAsImage } from 'unpdf'

/** Some six pixels a module. */
const SCALE = 3
/** ISO/IEC 18004:2015, table 9: blocks and data codewords of each, of redundancy M, by version. */
const BLOCKS_OF_M = [[], [1, 16], [1, 28], [1, 44], [2, 32], [2, 43], [4, 27]] as const
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
/** Table 10: which modules a mask turns over, by row and column. */
const MASKS: readonly ((y: number, x: number) => boolean)[] = [
  (y, x) => (y + x) % 2 === 0,
  (y) => y % 2 === 0,
  (_y, x) => x % 3 === 0,
  (y, x) => (y + x) % 3 === 0,
  (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0,
  (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2 === 0,
]

/** What the square on a page of a PDF says, read from the page as it is printed: a clean print, so nothing is corrected. */
export async function readSquare(pdf: Uint8Array, page = 1): Promise<string> {
  const image = await renderPageAsImage(pdf.slice(), page, {
    canvasImport: () => import('@napi-rs/canvas'),
    scale: SCALE,
  })
  const { data, info } = await sharp(Buffer.from(image))
    .flatten({ background: '#fff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const dark = (x: number, y: number) => (data[Math.round(y) * info.width * info.channels + Math.round(x)] ?? 255) < 128
  return wordsOf(modulesOf(dark, info.width, info.height))
}

type Modules = readonly (readonly boolean[])[]

/** Dark and light, from the three eyes in its corners. */
function modulesOf(dark: (x: number, y: number) => boolean, width: number, height: number): Modules {
  const eyes = eyesIn(dark, width, height)
  const corner = eyes.toSorted((one, other) => one.x + one.y - other.x - other.y)[0]
  const right = eyes.toSorted((one, other) => other.x - one.x)[0]
  if (!corner || !right || eyes.length !== 3) throw new Error(`a square has three eyes; ${eyes.length} were seen`)
  const size = Math.round((right.x - corner.x) / corner.module) + 7
  const module = (right.x - corner.x) / (size - 7)
  const at = (number: number) => (number - 3) * module
  return Array.from({ length: size }, (_row, y) =>
    Array.from({ length: size }, (_cell, x) => dark(corner.x + at(x), corner.y + at(y))),
  )
}

interface Eye {
  readonly x: number
  readonly y: number
  /** Pixels of a module. */
  readonly module: number
}

/** Where dark and light lie as 1:1:3:1:1 both ways. */
function eyesIn(dark: (x: number, y: number) => boolean, width: number, height: number): Eye[] {
  const seen: Eye[] = []
  for (let y = 0; y < height; y += 2) {
    for (const across of ratios((x) => dark(x, y), width)) {
      const down = ratios((other) => dark(across.middle, other), height).find(
        ({ middle, module }) =>
          Math.abs(middle - y) < across.module && Math.abs(module - across.module) < across.module / 5,
      )
      if (!down) continue
      const eye = { x: across.middle, y: down.middle, module: across.module }
      if (!seen.some((one) => Math.hypot(one.x - eye.x, one.y - eye.y) < eye.module * 4)) seen.push(eye)
    }
  }
  // Letters may look like one, too, but smaller.
  return seen.toSorted((one, other) => other.module - one.module).slice(0, 3)
}

function ratios(dark: (at: number) => boolean, length: number): { readonly middle: number; readonly module: number }[] {
  const edges = [0]
  for (let at = 1; at < length; at += 1) if (dark(at) !== dark(at - 1)) edges.push(at)
  edges.push(length)
  const runs = edges.slice(1).map((edge, at) => edge - (edges[at] ?? 0))
  return runs.flatMap((_run, at) => {
    const five = runs.slice(at, at + 5)
    const start = edges[at] ?? 0
    const module = five.reduce((all, run) => all + run, 0) / 7
    const fits = five.length === 5 && module >= 3 && dark(start)
    if (!fits || [1, 1, 3, 1, 1].some((want, nth) => Math.abs((five[nth] ?? 0) - want * module) > module * 0.6))
      return []
    return [{ middle: start + module * 3.5, module }]
  })
}

function wordsOf(modules: Modules): string {
  const size = modules.length
  const version = (size - 17) / 4
  const [blocks, length] = BLOCKS_OF_M[version] ?? []
  if (blocks === undefined || length === undefined) throw new Error(`version ${version} is not read here`)
  // Format: the level is 00 for M; it is written turned over by 10101.
  const format = [0, 1, 2, 3, 4].map((x) => Number(modules[8]?.[x]) ^ (x % 2 === 0 ? 1 : 0))
  if (format[0] !== 0 || format[1] !== 0) throw new Error('its redundancy is not M')
  const mask = MASKS[parseInt(format.slice(2).join(''), 2)]
  const bits = path(size).map(([y, x]) => Number(modules[y]?.[x] !== mask?.(y, x)))
  const codewords = Array.from({ length: blocks * length }, (_, at) =>
    parseInt(bits.slice(at * 8, at * 8 + 8).join(''), 2),
  )
  const inOrder = Array.from({ length: blocks }, (_, block) =>
    codewords.filter((_one, at) => at % blocks === block),
  ).flat()
  return said(inOrder.map((one) => one.toString(2).padStart(8, '0')).join(''))
}

/** The modules that carry data, in the order in which they do: up and down in pairs of columns from the right. */
function path(size: number): (readonly [number, number])[] {
  const all: (readonly [number, number])[] = []
  const columns = Array.from({ length: size }, (_, at) => size - 1 - at).filter((x) => x !== 6)
  for (let pair = 0; pair * 2 < columns.length; pair += 1) {
    for (let step = 0; step < size; step += 1) {
      const y = pair % 2 === 0 ? size - 1 - step : step
      for (const x of columns.slice(pair * 2, pair * 2 + 2)) if (!isPattern(size, y, x)) all.push([y, x])
    }
  }
  return all
}

function isPattern(size: number, y: number, x: number): boolean {
  const eye = (y < 9 && (x < 9 || x >= size - 8)) || (y >= size - 8 && x < 9)
  // Versions 2 to 6 have one small square more.
  const small = size > 21 && Math.abs(y - (size - 7)) <= 2 && Math.abs(x - (size - 7)) <= 2
  return eye || small || y === 6 || x === 6
}

/** Segments of numbers, of letters and of bytes, until the end. */
function said(bits: string): string {
  let at = 0
  const take = (count: number) => parseInt(bits.slice(at, (at += count)) || '0', 2)
  const bytes: number[] = []
  const say = (words: string) => bytes.push(...Buffer.from(words))
  for (;;) {
    const mode = at + 4 > bits.length ? 0 : take(4)
    if (mode === 0) return Buffer.from(bytes).toString('utf8')
    if (mode === 4) for (let left = take(8); left > 0; left -= 1) bytes.push(take(8))
    else if (mode === 2) {
      for (let left = take(9); left > 0; left -= 2) {
        const two = take(left > 1 ? 11 : 6)
        say(left > 1 ? `${ALPHANUMERIC[Math.floor(two / 45)]}${ALPHANUMERIC[two % 45]}` : `${ALPHANUMERIC[two]}`)
      }
    } else if (mode === 1) {
      for (let left = take(10); left > 0; left -= 3) {
        const many = Math.min(3, left)
        say(String(take([0, 4, 7, 10][many] ?? 0)).padStart(many, '0'))
      }
    } else throw new Error(`segments of mode ${mode} are not read here`)
  }
}
