import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/** One message, or one part of one, that a simulator took. */
export interface Taken {
  readonly to: string
  readonly from: string
  readonly text: string
  readonly part: number
  readonly parts: number
}

export interface TakenCounts {
  /** Parts taken, doubles and all. */
  readonly taken: number
  /** Parts of different text, number or place in their text. */
  readonly different: number
  /** By number and text: what was taken more than once, with how often. */
  readonly doubled: Readonly<Record<string, number>>
}

/** What was taken, counted here and not in our own tables; with a journal it outlives a simulator that is killed. */
export interface TakenBook {
  take(taken: Taken): void
  counts(): TakenCounts
  /** The newest that went to a number, the oldest first. */
  of(to: string): readonly Taken[]
}

const MOST_REMEMBERED = 2_000

export function openTakenBook(journal: string | null): TakenBook {
  const times = new Map<string, number>()
  const doubled = new Map<string, number>()
  const newest: Taken[] = []
  let taken = 0
  const count = (key: string) => {
    const now = (times.get(key) ?? 0) + 1
    taken += 1
    times.set(key, now)
    if (now > 1) doubled.set(key, now)
  }
  if (journal && existsSync(journal)) readFileSync(journal, 'utf8').split('\n').filter(Boolean).forEach(count)
  return {
    take(one) {
      const key = keyOf(one)
      // Before it is answered: what the other side was told has been counted.
      if (journal) appendFileSync(journal, `${key}\n`)
      count(key)
      newest.push(one)
      if (newest.length > 2 * MOST_REMEMBERED) newest.splice(0, MOST_REMEMBERED)
    },
    counts: () => ({ taken, different: times.size, doubled: Object.fromEntries(doubled) }),
    of: (to) => newest.filter((one) => one.to === to),
  }
}

function keyOf({ to, text, part, parts }: Taken): string {
  return `${to} ${markOf(text)} ${part}/${parts}`
}

/** Thousands have the same text, one after the other. */
const marked: { text: string | null; mark: string } = { text: null, mark: '' }

function markOf(text: string): string {
  if (text !== marked.text) {
    Object.assign(marked, { text, mark: createHash('sha1').update(text).digest('base64url').slice(0, 16) })
  }
  return marked.mark
}
