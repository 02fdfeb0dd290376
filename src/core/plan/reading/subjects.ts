import { bodiesAt, breaksAt, predicateAt } from './body-names.ts'
import type { BodyName } from './body-names.ts'
import { ASKS, ORDERS } from './body-words.ts'
import { phraseAt, phrases } from './words.ts'
import type { Word } from './words.ts'
import type { DutyMode } from './reading.ts'

/** Whom a sentence or heading speaks to, and how it goes on after their names. */
export interface Subject {
  readonly names: readonly BodyName[]
  /** `null` where the words neither ask nor order. */
  readonly mode: DutyMode | null
  /** The word the sentence begins with, ask and issuer included. */
  readonly from: number
  readonly next: number
  readonly goesOn: 'predicate' | 'newLine' | 'colon' | 'end' | 'other'
  /** How sure the names are the subject, 0 to 1. */
  readonly certainty: number
}

const LEAD_INS = phrases(
  'đối với, trách nhiệm của, nhiệm vụ của, về phía, trong đó, đồng thời, ngoài ra, riêng, nhiệm vụ cụ thể của, phân công nhiệm vụ cho, ở, tại',
)
const PREAMBLES = phrases(
  'thực hiện, căn cứ, để, nhằm, nhân dịp, triển khai, tiếp tục thực hiện, theo, hưởng ứng, trên cơ sở, hàng năm, hằng năm, hàng tháng, hằng tháng, hàng quý, hằng quý, định kỳ, trước ngày, sau khi, trong thời gian, trong quá trình, từ ngày, vào, kết thúc, ngày, khi, chậm nhất, hàng tuần, hằng tuần',
)

/**
 * The subject of the part of a sentence that begins at `from`; null where it names no body. Names may run over the
 * `;` at `to` where the part ends, an opening before them may not.
 */
export function subjectAt(words: readonly Word[], from: number, to: number): Subject | null {
  return (
    direct(words, from, from, words.length) ?? (phraseAt(words, from, PREAMBLES) > 0 ? late(words, from, to) : null)
  )
}

function direct(words: readonly Word[], from: number, at: number, to: number): Subject | null {
  let here = at
  here += phraseAt(words, here, LEAD_INS)
  const asked = phraseAt(words, here, ASKS)
  const ordered = asked > 0 ? 0 : phraseAt(words, here, ORDERS)
  here += asked + ordered
  if (words[here]?.folded === ':') here += 1
  here = overGeneric(words, here)
  const list = bodiesAt(words, here)
  if (!list || list.next > to) return null
  const byIssuer = asked + ordered === 0 ? toldBy(words, list.next, to) : null
  if (byIssuer) return { ...byIssuer, from }
  const mode: DutyMode | null = asked > 0 ? 'asked' : ordered > 0 ? 'ordered' : null
  const goesOn = going(words, list.next, to)
  return {
    names: list.names,
    mode,
    from,
    next: list.next,
    goesOn,
    certainty: mode || here > at ? 0.95 : goesOn === 'other' ? 0.4 : 0.9,
  }
}

/** `Sở X đề nghị UBND các huyện …`: told are the latter. */
function toldBy(words: readonly Word[], at: number, to: number): Omit<Subject, 'from'> | null {
  const asked = phraseAt(words, at, ASKS)
  const ordered = asked > 0 ? 0 : phraseAt(words, at, ORDERS)
  if (asked + ordered === 0 || words[at]?.folded === 'chỉ' || words[at]?.folded === 'vận') return null
  const list = bodiesAt(words, overGeneric(words, at + asked + ordered))
  if (!list || list.next > to) return null
  return {
    names: list.names,
    mode: asked > 0 ? 'asked' : 'ordered',
    next: list.next,
    goesOn: going(words, list.next, to),
    certainty: 0.9,
  }
}

const LONGEST_OPENING_WORDS = 400

/** After an opening as `Thực hiện Kế hoạch số …,` or `Hàng năm,` the body stands behind a comma. */
function late(words: readonly Word[], from: number, to: number): Subject | null {
  let tries = 0
  for (let i = from + 1; i < Math.min(to - 1, from + LONGEST_OPENING_WORDS) && tries < 40; i += 1) {
    if (words[i]?.folded !== ',') continue
    tries += 1
    const found = direct(words, from, i + 1, words.length)
    if (found && (found.mode !== null || (found.goesOn === 'predicate' && i - from <= 14)))
      return { ...found, certainty: found.certainty - 0.1 }
  }
  return null
}

/** `Đề nghị các cơ quan: Sở A; Công an tỉnh`: the bodies are those after the colon. */
function overGeneric(words: readonly Word[], at: number): number {
  if (words[at]?.folded !== 'các') return at
  for (let i = at + 1; i < at + 6; i += 1) {
    if (words[i]?.folded === ':') return bodiesAt(words, i + 1) && predicateAt(words, i + 1) === 0 ? i + 1 : at
  }
  return at
}

function going(words: readonly Word[], at: number, to: number): Subject['goesOn'] {
  const word = words[at]
  if (!word || at >= to || (word.folded === '.' && at + 1 >= to)) return 'end'
  if (word.folded === ':') return at + 1 >= to ? 'end' : 'colon'
  if (breaksAt(words, at)) return 'newLine'
  return predicateAt(words, at) > 0 ? 'predicate' : 'other'
}
