import { holdFacts } from '../core/figure/index.ts'
import type { Loa } from './loa.ts'

/**
 * Has the pages of this process answer figures from its memory as soon as it has read the facts; until then, and wherever that
 * cannot be, the database adds them up. Answers how to stop.
 */
export function answerFromMemory(loa: Loa): () => Promise<void> {
  const holding = holdFacts(loa.contextOf({ kind: 'nobody' }).db).catch((thrown: unknown) => {
    console.error('Figures are summed by the database:', thrown instanceof Error ? thrown.message : thrown)
    return () => undefined
  })
  return async () => (await holding)()
}
