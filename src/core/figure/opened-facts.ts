import type { Db } from '../kernel/index.ts'
import { factLines, type FactKey, type FactLine } from './fact-list.store.ts'
import { resolve } from './figures.ts'
import type { Question } from './question.ts'

/** The facts that a question counts, a page of them; all of them add up to its total. */
export async function factsCounted(
  db: Db,
  question: Question,
  after: FactKey | null,
  limit: number,
): Promise<FactLine[]> {
  return factLines(db, await resolve(db, question), after, limit)
}
