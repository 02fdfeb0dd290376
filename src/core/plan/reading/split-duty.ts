import type { Paragraph } from './blocks.ts'
import type { Draft } from './scope.ts'
import { partsByDeadline } from './segments.ts'
import type { Word } from './words.ts'

const LEAST_CONFIDENCE = 0.3

/** One duty of the words between `from` and `to`, or one for each part where their deadlines differ. */
export function splitDuty(
  paragraph: Paragraph,
  { from, verb, to }: { from: number; verb: number; to: number },
  laid: Pick<Draft, 'named' | 'mode' | 'directs'>,
  confidence: number,
): Draft[] {
  const base = paragraph.span[0]
  const colon = colonBefore(paragraph.words, verb, to)
  const parts = partsByDeadline(paragraph.words, colon, to, paragraph.folded, base)
  const starts = parts.length > 1 ? parts : [from]
  return starts.map((start, i) => ({
    paragraph,
    from: start,
    to: starts[i + 1] ?? to,
    verb: parts.length > 1 ? start : verb,
    ...laid,
    confidence: Math.max(LEAST_CONFIDENCE, Math.round(confidence * 100) / 100),
    coordinates: false,
    when: null,
  }))
}

/** `… căn cứ chức năng chỉ đạo: xây dựng …`: the parts begin behind the colon. */
function colonBefore(words: readonly Word[], from: number, to: number): number {
  for (let i = from; i < Math.min(to, from + 30); i += 1) {
    if (words[i]?.folded === ':') return i + 1
    if (words[i]?.folded === ';' || words[i]?.folded === '.') break
  }
  return from
}
