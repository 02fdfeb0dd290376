import { clauseName } from './ground.ts'
import type { Ground } from './ground.ts'
import type { Span } from './reading.ts'
import { fold, wordsOf } from './words.ts'
import type { Word } from './words.ts'

/** A paragraph with what stands below it: the flat blocks of the ground as a tree. */
export interface Paragraph {
  readonly clause: string
  /** Has a marker that counts: no bullet, no unmarked paragraph. */
  readonly marked: boolean
  readonly span: Span
  readonly words: readonly Word[]
  readonly folded: string
  readonly children: Paragraph[]
}

/** The paragraphs at the top of the document, those outside its body (head, recipients, signature) left out. */
export function paragraphsOf(ground: Ground): readonly Paragraph[] {
  const kept = cut.get(ground)
  if (kept) return kept
  const tops = cutGround(ground)
  cut.set(ground, tops)
  return tops
}

/** Four finders ask for the same paragraphs: cutting them into words is most of the cost of a reading. */
const cut = new WeakMap<Ground, readonly Paragraph[]>()

function cutGround(ground: Ground): Paragraph[] {
  const tops: Paragraph[] = []
  const made: (Paragraph | null)[] = []
  for (const block of ground.blocks) {
    const outside = ground.outside.some(([start, end]) => block.start >= start && block.start < end)
    const marked = block.kind !== 'bullet' && block.kind !== 'paragraph'
    const span: Span = [block.bodyStart, block.end]
    const one: Paragraph | null = outside
      ? null
      : {
          clause: clauseName(block.path),
          marked,
          span,
          words: wordsOf(ground.text, span[0], span[1]),
          folded: fold(ground.text.slice(span[0], span[1])),
          children: [],
        }
    made.push(one)
    if (!one) continue
    const above = block.parent === null ? null : made[block.parent]
    if (above) above.children.push(one)
    else tops.push(one)
  }
  return tops
}
