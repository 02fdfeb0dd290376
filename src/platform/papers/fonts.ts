import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Refusal } from '../../core/kernel/index.ts'
import { readFont, type FontMeasures } from './read-font.ts'

const files = createRequire(import.meta.url)

/** Tinos has the metrics of Times New Roman, the typeface of decree 30/2020; Be Vietnam Pro is the one of Loa's screens. */
const FACES = {
  Tinos: ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'].map((face) => `tinos/${face}/Tinos_${face}`),
  'Be Vietnam Pro': ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold'].map(
    (face) => `be-vietnam-pro/${face}/BeVietnamPro_${face}`,
  ),
} as const
export type Typeface = keyof typeof FACES

/** The files of all faces: what is drawn is drawn with these alone. */
export function fontFiles(): Buffer[] {
  return Object.values(FACES).flatMap((paths) => paths.map(fileOf))
}

function fileOf(path: string): Buffer {
  return readFileSync(files.resolve(`@expo-google-fonts/${path}.ttf`))
}

const read = new Map<string, readonly FontMeasures[]>()

/** Regular, italic, semibold or bold: in the order of `FACES`. */
export function measuresOf(typeface: Typeface): readonly FontMeasures[] {
  const known = read.get(typeface)
  if (known) return known
  const measures = FACES[typeface].map((path) => readFont(fileOf(path)))
  read.set(typeface, measures)
  return measures
}

/**
 * Refuses what none of these typefaces can draw: a letter that came out as an empty box would be seen first on paper.
 *
 * @throws Refusal `document.letters_missing` with the letters
 */
export function refuseMissingLetters(words: unknown, ...typefaces: readonly Typeface[]): void {
  const missing = [...lettersIn(words)].filter((letter) => {
    const code = letter.codePointAt(0) ?? 0
    // Whatever it is set in, regular or bold.
    return code > 0x20 && !typefaces.some((typeface) => measuresOf(typeface).every((face) => face.has(code)))
  })
  if (missing.length > 0) throw new Refusal('document.letters_missing', { letters: missing.slice(0, 10).join(' ') })
}

function lettersIn(words: unknown): Set<string> {
  const letters = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value === 'string') for (const letter of value) letters.add(letter)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
  }
  walk(words)
  return letters
}
