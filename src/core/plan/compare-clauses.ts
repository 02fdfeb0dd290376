import { diffArrays, diffWordsWithSpace } from 'diff'
import { likeness, plain } from './compare-duties.ts'
import type { Clause } from './reading/reading.ts'

/** A clause taken out of its tree. */
export interface FlatClause {
  /** Markers from the top, as `III.4.-`. */
  readonly place: string
  /** Its heading and its own words. */
  readonly words: string
}

export interface WordChange {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

interface CameOrWent<Kind extends 'added' | 'removed'> {
  readonly kind: Kind
  readonly clause: FlatClause
}
export type ClauseChange =
  | CameOrWent<'added'>
  | CameOrWent<'removed'>
  | { readonly kind: 'moved'; readonly before: FlatClause; readonly after: FlatClause }
  | {
      readonly kind: 'changed'
      readonly before: FlatClause
      readonly after: FlatClause
      readonly words: readonly WordChange[]
    }

export interface ClauseComparison {
  /** Clauses that say the same in the same order. */
  readonly same: number
  readonly changes: readonly ClauseChange[]
}

/** Clauses alike in half of their words are one clause, changed; below that one went and another came. */
const ALIKE = 0.5
/** A clause of more characters than this is shown whole, old and new: its words are not compared one by one. */
const LONGEST_COMPARED = 20_000

/** Compares two versions of a plan clause by clause: what stayed, what came and went, and in what words the rest differs. */
export function compareClauses(before: readonly Clause[], after: readonly Clause[]): ClauseComparison {
  const [old, now] = [flat(before), flat(after)]
  const runs = diffArrays(old, now, { comparator: (one, other) => plain(one.words) === plain(other.words) })
  const changes: ClauseChange[] = []
  let same = 0
  let removed: FlatClause[] = []
  for (const run of runs) {
    if (run.removed) removed.push(...run.value)
    else if (run.added) {
      changes.push(...pairUp(removed, run.value))
      removed = []
    } else {
      changes.push(...removed.map((clause) => ({ kind: 'removed' as const, clause })))
      removed = []
      same += run.value.length
    }
  }
  changes.push(...removed.map((clause) => ({ kind: 'removed' as const, clause })))
  return { same, changes: findMoved(changes) }
}

function flat(clauses: readonly Clause[]): FlatClause[] {
  return clauses.flatMap((clause) => {
    const words = [clause.heading, clause.text].filter(Boolean).join(' ').trim()
    const own = words === '' ? [] : [{ place: clause.path.join('.'), words }]
    return [...own, ...flat(clause.children)]
  })
}

/** Clauses between two that stayed: each new one with the old one most like it. */
function pairUp(old: readonly FlatClause[], now: readonly FlatClause[]): ClauseChange[] {
  const left = [...old]
  const changes: ClauseChange[] = now.map((clause) => {
    const twin = mostAlike(left, clause)
    if (!twin) return { kind: 'added', clause }
    left.splice(left.indexOf(twin), 1)
    return { kind: 'changed', before: twin, after: clause, words: wordsOf(twin.words, clause.words) }
  })
  return [...changes, ...left.map((clause) => ({ kind: 'removed' as const, clause }))]
}

function mostAlike(clauses: readonly FlatClause[], clause: FlatClause): FlatClause | null {
  let best: FlatClause | null = null
  let most = ALIKE
  for (const one of clauses) {
    const share = likeness(one.words, clause.words)
    if (share > most || (share === most && best === null)) [best, most] = [one, share]
  }
  return best
}

/** What went at one place and came at another in the same words has moved. */
function findMoved(changes: readonly ClauseChange[]): ClauseChange[] {
  const gone = changes.filter((change) => change.kind === 'removed')
  const moved = new Set<ClauseChange>()
  const result = changes.map((change): ClauseChange => {
    if (change.kind !== 'added') return change
    const from = gone.find((one) => !moved.has(one) && plain(one.clause.words) === plain(change.clause.words))
    if (!from) return change
    moved.add(from)
    return { kind: 'moved', before: from.clause, after: change.clause }
  })
  return result.filter((change) => !moved.has(change))
}

function wordsOf(old: string, now: string): WordChange[] {
  if (old.length + now.length > LONGEST_COMPARED) {
    return [
      { kind: 'removed', text: old },
      { kind: 'added', text: now },
    ]
  }
  return diffWordsWithSpace(old, now).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}
