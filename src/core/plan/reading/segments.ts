import { phraseAt, phrases } from './words.ts'
import type { Word } from './words.ts'
import { deadlineOf } from './deadlines.ts'

const ABBREVIATED = phrases('tp, tx, tt, đ, ts, pgs, gs, ths, tr')

/** Where sentences and `;` parts begin: index of the first word of each, the first one included. */
export function partsOf(words: readonly Word[], from = 0, to = words.length): number[] {
  const starts = [from]
  for (let i = from; i < to - 1; i += 1) {
    const mark = words[i]?.folded
    const next = words[i + 1]
    if (!next) break
    const apart = next.start > (words[i]?.end ?? 0)
    if (mark === ';' || (mark === '.' && apart && next.capital && phraseAt(words, i - 1, ABBREVIATED) === 0))
      starts.push(i + 1)
  }
  return starts
}

/** Parts of a duty that have deadlines of their own; one part alone where they do not differ. */
export function partsByDeadline(
  words: readonly Word[],
  from: number,
  to: number,
  folded: string,
  base: number,
): number[] {
  const starts = partsOf(words, from, to)
  if (starts.length === 1) return starts
  const deadlines = starts.map((start, i) => {
    const first = words[start]
    const last = words[(starts[i + 1] ?? to) - 1]
    if (!first || !last) return null
    const part = folded.slice(first.start - base, last.end - base)
    return deadlineOf(part, part, null)?.text ?? null
  })
  return new Set(deadlines.filter((one) => one !== null)).size > 1 ? starts : [from]
}
