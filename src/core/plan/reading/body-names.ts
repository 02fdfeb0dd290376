import {
  BODY_HEADS,
  CLASS_HEADS,
  CLASS_NOUNS,
  COMMA_FIELDS,
  FIELDS,
  NO_BODY,
  ORDERS,
  PLACE_KINDS,
  PREDICATES,
  SHORT_HEADS,
} from './body-words.ts'
import { phraseAt } from './words.ts'
import type { Word } from './words.ts'

export interface BodyName {
  /** Of the first word, and of the word after the last. */
  readonly from: number
  readonly to: number
  /** A class of bodies, each for itself: `các sở, ban, ngành`, `UBND các huyện, thị xã`, `Trưởng các thôn`. */
  readonly group: boolean
}

export interface BodyList {
  readonly names: readonly BodyName[]
  /** The word after the list. */
  readonly next: number
}

const LONGEST_NAME_WORDS = 40
const DETERMINERS = new Set(['các', 'những', 'mỗi', 'từng', 'tất', 'toàn', 'một'])
const JOINS = new Set(['và', 'cùng', 'hoặc'])

/** Reads the names of bodies that stand one after another from word `at`; null where no body stands there. */
export function bodiesAt(words: readonly Word[], at: number): BodyList | null {
  const names: BodyName[] = []
  let here = at
  for (;;) {
    const name = nameAt(words, here)
    if (!name) break
    names.push(name)
    here = name.to
    const mark = words[here]?.folded
    if (mark === ';' || mark === ',' || mark === '/') {
      const after = JOINS.has(words[here + 1]?.folded ?? '') ? here + 2 : here + 1
      if (startAt(words, after) === 0) break
      here = after
    } else if (mark !== undefined && JOINS.has(mark)) {
      const after = words[here + 1]?.folded === 'với' ? here + 2 : here + 1
      if (startAt(words, after) === 0) break
      here = after
    } else break
  }
  if (names.length === 0) return null
  const next = names[names.length - 1]?.to ?? at
  return { names, next: words[next]?.folded === ',' && predicateAt(words, next + 1) > 0 ? next + 1 : next }
}

/** How many words of a predicate stand at `at`: `chủ trì`, `căn cứ`, `có trách nhiệm` …; 0 if none. */
export function predicateAt(words: readonly Word[], at: number): number {
  const word = words[at]
  return word && !word.capital ? phraseAt(words, at, PREDICATES) : 0
}

/** A new line that opens with what is to be done, in capitals: the heading's names end before it. */
export function breaksAt(words: readonly Word[], at: number): boolean {
  const word = words[at]
  return word !== undefined && word.newLine && word.capital && phraseAt(words, at, PREDICATES) > 0
}

/** How many words begin a body's name at `at`; 0 if none. */
export function startAt(words: readonly Word[], at: number): number {
  const word = words[at]
  if (!word) return 0
  let skip = 0
  if (DETERMINERS.has(word.folded)) {
    skip = word.folded === 'toàn' || word.folded === 'tất' || word.folded === 'một' ? 2 : 1
    if (skip === 2 && words[at + 2]?.folded === 'các') skip = 3
    const noun = phraseAt(words, at + skip, CLASS_NOUNS)
    if (noun > 0 && skip !== 2) return skip + noun
    if (skip === 2) return 0
  }
  if (phraseAt(words, at + skip, NO_BODY) > 0) return 0
  const head = phraseAt(words, at + skip, BODY_HEADS)
  if (head > 0) return skip + head
  const short = phraseAt(words, at + skip, SHORT_HEADS)
  if (short === 0) return 0
  const after = words[at + skip + short]
  if (!after) return 0
  const listed =
    after.folded === ',' &&
    !words[at + skip + short + 1]?.capital &&
    phraseAt(words, at + skip + short + 1, CLASS_NOUNS) > 0
  return listed || after.capital || phraseAt(words, at + skip + short, FIELDS) > 0 ? skip + short : 0
}

function nameAt(words: readonly Word[], at: number): BodyName | null {
  const start = startAt(words, at)
  if (start === 0) return null
  const first = words[at]
  const listed = words[at + start]?.folded === ',' && phraseAt(words, at, SHORT_HEADS) === start
  let ofClass = first !== undefined && (DETERMINERS.has(first.folded) || listed || phraseAt(words, at, CLASS_HEADS) > 0)
  let group = ofClass || words[at + start - 1]?.folded === 'các'
  let i = at + start
  while (i < words.length && i - at < LONGEST_NAME_WORDS) {
    const word = words[i]
    if (!word) break
    const field = phraseAt(words, i, FIELDS)
    const before = words[i - 1]?.folded ?? ''
    if (field > 0 && (i === at + start || JOINS.has(before) || before === '-' || before === '&')) i += field
    else if (word.folded === ',') {
      const longer = overComma(words, i, ofClass, group)
      if (longer === 0) break
      i += longer
    } else if (JOINS.has(word.folded)) {
      const longer = overJoin(words, i, ofClass)
      if (longer === 0) break
      i += longer
    } else if (word.folded === '(') {
      const close = closing(words, i)
      if (close === 0 || phraseAt(words, i + 1, ORDERS) > 0) break
      i = close
    } else if (/^[;:.?!)|+*•"]$/u.test(word.folded) || predicateAt(words, i) > 0 || breaksAt(words, i)) break
    else {
      if (word.folded === 'các' && phraseAt(words, i + 1, PLACE_KINDS) === 0) ofClass = true
      if (word.folded === 'các' || (/^\d+$/u.test(word.folded) && phraseAt(words, i + 1, PLACE_KINDS) > 0)) group = true
      i += 1
    }
  }
  return { from: at, to: trimmed(words, at, i), group }
}

/** A class goes on over its nouns, `UBND các huyện` over kinds of place, a department over its fields. */
function overComma(words: readonly Word[], comma: number, ofClass: boolean, group: boolean): number {
  const next = words[comma + 1]
  if (!next) return 0
  if (words[comma - 1]?.folded === 'phòng' && (next.folded === 'chống' || next.folded === 'ngừa')) return 2
  if (group) {
    const place = phraseAt(words, comma + 1, PLACE_KINDS)
    if (place > 0 && (!ofClass || !next.capital)) return 1 + place
  }
  if (ofClass && !next.capital) {
    const noun = phraseAt(words, comma + 1, CLASS_NOUNS)
    if (noun > 0 && predicateAt(words, comma + 1) <= noun) return 1 + noun
  }
  const field = phraseAt(words, comma + 1, COMMA_FIELDS)
  return field > 0 && startAt(words, comma + 1) === 0 ? 1 + field : 0
}

function overJoin(words: readonly Word[], join: number, ofClass: boolean): number {
  const next = words[join + 1]
  if (!next || predicateAt(words, join + 1) > 0) return 0
  if (DETERMINERS.has(next.folded)) return 0
  if (ofClass && !next.capital) {
    const noun = phraseAt(words, join + 1, CLASS_NOUNS)
    if (noun > 0) return 1 + noun
  }
  if (phraseAt(words, join + 1, FIELDS) > 0) return 1
  return startAt(words, join + 1) > 0 ? 0 : 1
}

function closing(words: readonly Word[], open: number): number {
  for (let i = open + 1; i < words.length && i - open < 30; i += 1) if (words[i]?.folded === ')') return i + 1
  return 0
}

function trimmed(words: readonly Word[], from: number, to: number): number {
  let end = to
  while (end > from + 1 && /^[,\-/]$/u.test(words[end - 1]?.folded ?? '')) end -= 1
  return end
}
