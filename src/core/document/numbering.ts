import { twoDigits } from './head-words.ts'
import type { Block } from './paper.ts'

/** Letters of points, in the order of the Vietnamese alphabet that decree 30/2020 asks for: đ, and no f, j, w, z. */
const POINT_LETTERS = [...'abcdđeghiklmnopqrstuvxy']

/** What a number stands for begins anew below it. */
const DEPTH = { part: 0, section: 1, heading: 2, clause: 2, point: 3 } as const

/** The number of each block as it is printed, `''` for those without. */
export function numbersOf(blocks: readonly Block[]): string[] {
  const counts = [0, 0, 0, 0]
  let pictures = 0
  return blocks.map(({ kind }) => {
    if (kind === 'picture') return `Ảnh ${twoDigits(++pictures)}`
    if (!(kind in DEPTH)) return ''
    const depth = DEPTH[kind as keyof typeof DEPTH] // as was just asked
    const count = (counts[depth] ?? 0) + 1
    counts.fill(0, depth + 1)
    counts[depth] = count
    if (kind === 'part') return `Phần ${roman(count)}`
    if (kind === 'section') return `${roman(count)}.`
    return kind === 'point' ? `${pointLetters(count)})` : `${count}.`
  })
}

/** `a` to `y`, then `aa`, `ab` … where a list is longer than the alphabet. */
function pointLetters(count: number): string {
  const at = count - 1
  const last = POINT_LETTERS[at % POINT_LETTERS.length] ?? ''
  return at < POINT_LETTERS.length ? last : pointLetters(Math.floor(at / POINT_LETTERS.length)) + last
}

const ROMAN = [
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
] as const

export function roman(number: number): string {
  let rest = number
  let written = ''
  for (const [value, letters] of ROMAN) {
    while (rest >= value) {
      written += letters
      rest -= value
    }
  }
  return written
}
