import type { Db } from '../kernel/index.ts'
import { heldFacts } from './held/hold-facts.ts'
import { treeVersions } from './tree-version.store.ts'

/** Numbers that the kept answers of a database may be made of: some forty megabytes. */
const MOST_NUMBERS = 200_000
/** What an answer takes besides its numbers, counted as so many of them. */
const BARE = 100

interface Kept {
  /** Of the facts and of the trees it was made of. */
  readonly version: string
  readonly answer: Promise<unknown>
  size: number
}

const kept = new WeakMap<Db, Map<string, Kept>>()

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
  const answers = kept.get(db) ?? new Map<string, Kept>()
  kept.set(db, answers)
  const name = JSON.stringify(question)
  const known = answers.get(name)
  if (known?.version === version) {
    answers.delete(name)
    answers.set(name, known)
    return known.answer as Promise<Answer> // under the question it was asked by
  }
  const made: Kept = { version, answer: answer(), size: BARE }
  answers.set(name, made)
  try {
    const found = (await made.answer) as Answer
    made.size += numbers(found)
    forget(answers, version)
    return found
  } catch (thrown) {
    if (answers.get(name) === made) answers.delete(name)
    throw thrown
  }
}

/** What is out of date, then what was asked for longest ago. */
function forget(answers: Map<string, Kept>, version: string): void {
  for (const [name, one] of answers) if (one.version !== version) answers.delete(name)
  let size = [...answers.values()].reduce((sum, one) => sum + one.size, 0)
  for (const [name, one] of answers) {
    if (size <= MOST_NUMBERS) return
    answers.delete(name)
    size -= one.size
  }
}
