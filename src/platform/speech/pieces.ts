import { sentencesOf } from '../../core/channel/index.ts'
import { plainWords } from './voice.ts'

export interface Piece {
  readonly words: string
  /** Seconds of silence behind it, at the pace of an announcer. */
  readonly pause: number
}

const SENTENCE_PAUSE_SECONDS = 0.55
const LINE_PAUSE_SECONDS = 0.9
const COMMA_PAUSE_SECONDS = 0.25
/** Longer than this a voice takes too long to answer, and nobody could stop it. */
const LONGEST_CHARACTERS = 280

/** A text in pieces to be said one by one: sentences, the long ones at their commas, with the pause behind each. */
export function piecesOf(text: string): Piece[] {
  const lines = text.split(/\r?\n/).map((line) =>
    sentencesOf(line)
      .map(plainWords)
      .filter((words) => /[\p{L}\p{N}]/u.test(words)),
  )
  return lines
    .filter((sentences) => sentences.length > 0)
    .flatMap((sentences) =>
      sentences.flatMap((sentence, at) => {
        const last = at === sentences.length - 1
        return cutLong(sentence, last ? LINE_PAUSE_SECONDS : SENTENCE_PAUSE_SECONDS)
      }),
    )
}

function cutLong(sentence: string, pause: number): Piece[] {
  if (sentence.length <= LONGEST_CHARACTERS) return [{ words: sentence, pause }]
  const pieces: Piece[] = []
  let rest = sentence
  while (rest.length > LONGEST_CHARACTERS) {
    const head = rest.slice(0, LONGEST_CHARACTERS)
    const comma = Math.max(...[', ', '; ', ': '].map((mark) => head.lastIndexOf(mark)))
    const blank = head.lastIndexOf(' ')
    const at = comma > 40 ? comma + 1 : blank > 0 ? blank : LONGEST_CHARACTERS
    pieces.push({ words: rest.slice(0, at).trim(), pause: comma > 40 ? COMMA_PAUSE_SECONDS : 0 })
    rest = rest.slice(at).trim()
  }
  return rest === '' ? pieces : [...pieces, { words: rest, pause }]
}
