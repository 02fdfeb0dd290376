import type { Id } from '../../../core/kernel/index.ts'
import type { Said } from './submitter.ts'

/** What a centre said of rows after they had been given up as unknown: the last, best thing to know of them. */
export interface LateAnswers {
  note(deliveryId: Id<'delivery'>, said: Said): void
  of(deliveryId: Id<'delivery'>): readonly Said[]
}

/** The oldest are forgotten: a person finds out what became of theirs. */
const MOST_ROWS = 10_000

export function openLateAnswers(): LateAnswers {
  const rows = new Map<Id<'delivery'>, Said[]>()
  return {
    note(deliveryId, said) {
      const known = rows.get(deliveryId) ?? []
      rows.set(deliveryId, [...known, said])
      const [oldest] = rows.keys()
      if (rows.size > MOST_ROWS && oldest) rows.delete(oldest)
    },
    of: (deliveryId) => rows.get(deliveryId) ?? [],
  }
}
