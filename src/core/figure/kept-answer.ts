import type { Db } from '../kernel/index.ts'
import { heldFacts } from './held/hold-facts.ts'
import { treeVersions } from './tree-version.store.ts'

/** Numbers that the kept answers of a database may be made of: some forty megabytes. */
const MOST_NUMBERS = 200_000
/** What an answer takes besides its numbers, counted as so many of them. */
const BARE = 100

interface Kept {
  readonly answer: Promise<unknown>
  size: number
}

/** Answers by their questions, the one asked for longest ago first; with what they were made of: facts and trees. */
interface Answers {
  readonly version: string
  readonly byQuestion: Map<string, Kept>
}

const kept = new WeakMap<Db, Answers>()

/**
 * The answer to a question that was asked before, while no fact and no place or body has changed since; else a new one, which
 * all who ask it meanwhile wait for together. Only where facts are held in memory: there it is known what has changed.
 */
export async function keptAnswer<Answer>(
  db: Db,
  question: unknown,
  { answer, numbers }: { readonly answer: () => Promise<Answer>; readonly numbers: (answer: Answer) => number },
): Promise<Answer> {
  const held = heldFacts(db)
  if (!held) return answer()
  // Read first: an answer may be newer than what it is kept as, never older.
  const version = `${await held.version()} ${await treeVersions(db)}`
  const answers = answersOf(db, version)
  const name = JSON.stringify(question)
  const known = answers.get(name)
  if (known) {
    answers.delete(name)
    answers.set(name, known)
    return known.answer as Promise<Answer> // under the question it was asked by
  }
  const made: Kept = { answer: answer(), size: BARE }
  answers.set(name, made)
  try {
    const found = (await made.answer) as Answer
    made.size += numbers(found)
    forgetMost(answers)
    return found
  } catch (thrown) {
    if (answers.get(name) === made) answers.delete(name)
    throw thrown
  }
}

/** Those of this version; all others are out of date. */
function answersOf(db: Db, version: string): Map<string, Kept> {
  const now = kept.get(db)
  if (now?.version === version) return now.byQuestion
  const byQuestion = new Map<string, Kept>()
  kept.set(db, { version, byQuestion })
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
