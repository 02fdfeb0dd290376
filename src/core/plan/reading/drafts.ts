import { predicateAt } from './body-names.ts'
import type { Paragraph } from './blocks.ts'
import { PREDICATES } from './body-words.ts'
import { under } from './scope.ts'
import type { Draft, Named, Scope } from './scope.ts'
import { partsOf } from './segments.ts'
import { splitDuty } from './split-duty.ts'
import { inBrackets } from './brackets.ts'
import { subjectAt } from './subjects.ts'
import type { Subject } from './subjects.ts'
import { phraseAt, phrases } from './words.ts'
import type { Word } from './words.ts'
import { laysNothing } from './zones.ts'

const LONGEST_SENTENCE_PARTS = 20

/** What one paragraph says: its duties, and whom what stands under or after it is laid on. */
export interface Said {
  readonly drafts: readonly Draft[]
  /** For its children. */
  readonly below: Scope
  /** For the unmarked paragraphs and bullets after it; null where it changes nothing for them. */
  readonly after: Scope | null
}

const OWN_ACTS = phrases('chỉ đạo, vận động, kêu gọi, phân công, yêu cầu, giao, khuyến khích, mỗi, từng, mời')
const ISSUES = phrases('ban hành, xây dựng kế hoạch, triển khai, tổ chức, xây dựng, thông báo')

export function readParagraph(paragraph: Paragraph, scope: Scope): Said {
  const { words } = paragraph
  if (words.length === 0 || laysNothing(paragraph.folded)) return { drafts: [], below: scope, after: null }
  const bracket = inBrackets(paragraph)
  if (bracket) return { drafts: [bracket], below: scope, after: null }
  const { starts, subjects } = subjectsOf(paragraph, scope)
  const first = subjects[0] ?? null
  const opens = words[words.length - 1]?.folded === ':'
  if (
    first &&
    (isHeading(first, words, paragraph) || (opens && starts.length === 1 && lays(first, words, scope, paragraph)))
  ) {
    const told = under(scope, paragraph, first)
    const carries = !paragraph.marked && (scope.zone === 'assign' || opens || first.mode !== null) && !shouts(words)
    return { drafts: [], below: told, after: carries && paragraph.children.length === 0 ? told : null }
  }
  return { drafts: draftsOf(paragraph, starts, subjects, scope), below: deeper(scope, paragraph), after: null }
}

/** Each part of the paragraph with its subject; a part inside the names of the one before is none of its own. */
function subjectsOf(paragraph: Paragraph, scope: Scope): { starts: number[]; subjects: (Subject | null)[] } {
  const { words } = paragraph
  const starts: number[] = []
  const subjects: (Subject | null)[] = []
  let behind = 0
  const all = partsOf(words)
  all.forEach((start, i) => {
    if (start < behind) return
    // `…; các cơ quan báo chí có văn phòng …` in small letters goes on with the list of a duty that a heading laid.
    const goesOn = i > 0 && scope.named !== null && words[start - 1]?.folded === ';' && words[start]?.capital === false
    const found = goesOn ? null : subjectAt(words, start, sentenceEnd(words, all, i))
    behind = found?.next ?? 0
    starts.push(start)
    subjects.push(settle(found, words, scope, paragraph))
  })
  return { starts, subjects }
}

function sentenceEnd(words: readonly Word[], starts: readonly number[], part: number): number {
  const near = starts.slice(part + 1, part + 1 + LONGEST_SENTENCE_PARTS)
  return (
    near.find((start) => words[start - 1]?.folded === '.') ?? starts[part + 1 + LONGEST_SENTENCE_PARTS] ?? words.length
  )
}

function deeper(scope: Scope, paragraph: Paragraph): Scope {
  return paragraph.marked && scope.named ? { ...scope, distance: scope.distance + 1 } : scope
}

/** A subject holds unless it is the body's own act on others, a preamble's issuer, or the heading's class said again. */
function settle(subject: Subject | null, words: readonly Word[], scope: Scope, paragraph: Paragraph): Subject | null {
  if (!subject) return null
  if (scope.named && phraseAt(words, subject.from, OWN_ACTS) > 0 && !subjectOrders(words, subject)) return null
  if (subject.goesOn === 'other' && subject.mode === null) return null
  const issues =
    subject.mode === null &&
    !scope.named &&
    !paragraph.marked &&
    paragraph.clause === '' &&
    phraseAt(words, subject.next, ISSUES) > 0
  return issues ? null : subject
}

/** `Trong đó giao Giám đốc Công an tỉnh chỉ đạo:` names anew; `Giao các phòng …` of a body is its own act. */
function subjectOrders(words: readonly Word[], subject: Subject): boolean {
  return words[subject.from]?.folded === 'giao' && subject.goesOn !== 'other' && predicateAt(words, subject.next) > 0
}

function isHeading(subject: Subject, words: readonly Word[], paragraph: Paragraph): boolean {
  if (subject.goesOn !== 'end') return false
  const last = words[words.length - 1]?.folded
  return last !== ';' && (paragraph.marked || paragraph.children.length > 0 || words.length <= 60)
}

/** Ends in a colon and tells the bodies to do what follows. */
function lays(subject: Subject, words: readonly Word[], scope: Scope, paragraph: Paragraph): boolean {
  if (subject.goesOn === 'colon') return false
  return (
    subject.mode !== null ||
    scope.zone === 'assign' ||
    paragraph.marked ||
    phraseAt(words, subject.next, phrases('có trách nhiệm, tập trung, thực hiện')) > 0
  )
}

function shouts(words: readonly Word[]): boolean {
  const letters = words.map((word) => word.folded).join('')
  return (
    words.length > 0 &&
    letters.length > 3 &&
    words.every((word) => word.capital || !/\p{L}/u.test(word.folded)) &&
    words.length > 6
  )
}

function draftsOf(
  paragraph: Paragraph,
  starts: readonly number[],
  subjects: readonly (Subject | null)[],
  scope: Scope,
): Draft[] {
  const { words } = paragraph
  const drafts: Draft[] = []
  const bounds: { start: number; subject: Subject | null }[] = []
  starts.forEach((start, i) => {
    const subject = subjects[i] ?? null
    if (i === 0 || (subject && holds(subject, scope))) bounds.push({ start, subject })
  })
  bounds.forEach(({ start, subject }, i) => {
    const to = bounds[i + 1]?.start ?? words.length
    if (subject && holds(subject, scope)) drafts.push(...bySubject(paragraph, start, to, subject, scope))
    else if (scope.named && inherits(paragraph, start, to, scope))
      drafts.push(
        ...splitDuty(
          paragraph,
          { from: start, verb: start, to },
          { named: scope.named, mode: scope.mode, directs: scope.directs },
          0.95 - scope.distance * 0.1 - (scope.bySentence ? 0.1 : 0),
        ),
      )
  })
  return drafts
}

/** Under a heading that names its bodies, only a body that is told something by a verb takes its place. */
function holds(subject: Subject, scope: Scope): boolean {
  if (subject.goesOn === 'end') return false
  return scope.named === null || subject.goesOn !== 'other'
}

function bySubject(paragraph: Paragraph, start: number, to: number, subject: Subject, scope: Scope): Draft[] {
  const own: Named = { words: paragraph.words, names: subject.names }
  const named = scope.named && sameBodies(scope.named, own) ? scope.named : own
  const mode = subject.mode ?? (named === scope.named || scope.named ? scope.mode : 'ordered')
  const behindMark = subject.goesOn === 'colon' ? subject.next + 1 : subject.goesOn === 'newLine' ? subject.next : null
  if (behindMark !== null)
    return splitDuty(
      paragraph,
      { from: behindMark, verb: behindMark, to },
      { named, mode, directs: null },
      subject.certainty,
    )
  return splitDuty(
    paragraph,
    { from: start, verb: subject.next, to },
    { named, mode, directs: null },
    subject.certainty - (scope.zone === 'assign' ? 0 : 0.05),
  )
}

function sameBodies(one: Named, other: Named): boolean {
  const [a, b] = [one, other].map(({ words, names }) =>
    words.slice(names[0]?.from, names[0]?.to).map((word) => word.folded),
  )
  if (!a || !b || a.length === 0 || b.length === 0) return false
  const shorter = Math.min(a.length, b.length, 6)
  return a.slice(0, shorter).join(' ') === b.slice(0, shorter).join(' ') && other.names.length >= one.names.length
}

/** Without a subject of its own a paragraph is laid on the bodies above if it says to do something. */
function inherits(paragraph: Paragraph, start: number, to: number, scope: Scope): boolean {
  const { words } = paragraph
  if (to - start < 3) return false
  if (words[words.length - 1]?.folded === ':' && paragraph.children.length > 0) return false
  if (paragraph.marked && paragraph.children.length > 0 && to - start <= 16) return false
  const at = words[start]?.folded === '(' ? -1 : start
  if (at < 0) return false
  const verb = [0, 1, 2, 3, 4].some((skip) => phraseAt(words, start + skip, PREDICATES) > 0)
  return verb || (!scope.bySentence && scope.distance === 0)
}
