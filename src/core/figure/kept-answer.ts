import type { Db } from '../kernel/index.ts'
import { changedSince, type Changed } from './held/changed-facts.ts'
import type { FactColumns, Moment } from './held/fact-columns.ts'
import { heldFacts } from './held/hold-facts.ts'
import { treeVersions } from './tree-version.store.ts'

/** Numbers that the kept answers of a database may be made of: some forty megabytes. */
const MOST_NUMBERS = 200_000
/** What an answer takes besides its numbers, counted as so many of them. */
const BARE = 100

/** How a kind of question is answered: on the ground of what it means of places and bodies, from facts. */
export interface Answering<Ground, Answer> {
  readonly ground: () => Promise<Ground>
  /** By the database, where no facts are held. */
  readonly asked: (ground: Ground) => Promise<Answer>
  /** Of all facts in memory. */
  readonly made: (ground: Ground, facts: FactColumns) => Answer
  /**
   * What an answer has become on the same ground, after facts have changed: exactly what `made` would answer. Null where only
   * that can tell.
   */
  readonly mended: (ground: Ground, facts: FactColumns, before: Answer, changed: Changed) => Answer | null
  /** Of how many numbers an answer is made. */
  readonly numbers: (answer: Answer) => number
}

interface Kept {
  readonly answer: unknown
  /** What of the facts it was made of. */
  readonly at: Moment
  readonly size: number
}

/** Answers by their questions, the one made longest ago first; all on one ground. */
interface Answers {
  readonly trees: string
  readonly byQuestion: Map<string, Kept>
}

const kept = new WeakMap<FactColumns, Answers>()

/**
 * The answer to a question, brought up to date from the one that was kept: by the facts that have changed since, as long as
 * no place and no body has. Only where facts are held in memory: there it is known what has changed.
 */
export async function keptAnswer<Ground, Answer>(
  db: Db,
  question: unknown,
  answering: Answering<Ground, Answer>,
): Promise<Answer> {
  const held = heldFacts(db)
  if (!held) return answering.asked(await answering.ground())
  const name = JSON.stringify(question)
  const facts = await held.current()
  const now = await treeVersions(db)
  const asked = answersOf(facts, now).get(name)
  if (asked && isOf(facts, asked)) return asked.answer as Answer // under the question it was asked by
  const { trees, ground } = await oneGround(db, answering.ground, now)
  // Nothing is awaited from here on. So what is kept is of exactly this moment of the facts, which may be later than the one
  // at which it was asked; and whoever asked the same meanwhile finds it.
  const answers = answersOf(facts, trees)
  const answer = upToDate(answers.get(name), facts, ground, answering)
  answers.delete(name)
  answers.set(name, { answer, at: { count: facts.count, gone: facts.gone }, size: BARE + answering.numbers(answer) })
  forgetMost(answers)
  return answer
}

/** What was read while no place and no body changed, with the version of both. */
async function oneGround<Ground>(
  db: Db,
  read: () => Promise<Ground>,
  before: string,
): Promise<{ readonly trees: string; readonly ground: Ground }> {
  const ground = await read()
  const trees = await treeVersions(db)
  return trees === before ? { trees, ground } : oneGround(db, read, trees)
}

function upToDate<Ground, Answer>(
  before: Kept | undefined,
  facts: FactColumns,
  ground: Ground,
  { made, mended }: Answering<Ground, Answer>,
): Answer {
  if (!before) return made(ground, facts)
  const known = before.answer as Answer // under the question it was asked by
  if (isOf(facts, before)) return known
  const changed = changedSince(facts, before.at)
  return (changed && mended(ground, facts, known, changed)) ?? made(ground, facts)
}

function isOf(now: Moment, { at }: Kept): boolean {
  return at.count === now.count && at.gone === now.gone
}

/** Those on this ground; all others are out of date. */
function answersOf(facts: FactColumns, trees: string): Map<string, Kept> {
  const now = kept.get(facts)
  if (now?.trees === trees) return now.byQuestion
  const byQuestion = new Map<string, Kept>()
  kept.set(facts, { trees, byQuestion })
  return byQuestion
}

function forgetMost(answers: Map<string, Kept>): void {
  let size = [...answers.values()].reduce((sum, one) => sum + one.size, 0)
  for (const [name, one] of answers) {
    if (size <= MOST_NUMBERS) return
    answers.delete(name)
    size -= one.size
  }
}
