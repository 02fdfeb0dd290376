import { createHash } from 'node:crypto'
import type { Id } from '../kernel/index.ts'
import { plain, type Charge } from './compare-duties.ts'
import type { Item } from './item.ts'

/** A charge that knows its item, with a key that is the same in every version of the plan that says the same. */
export interface ItemCharge extends Charge {
  readonly itemId: Id<'plan_item'>
  readonly key: string
}

/** One charge for each duty that stands and each organisation it is laid on. */
export function chargesOf(items: readonly Item[]): ItemCharge[] {
  const charges: ItemCharge[] = []
  const seen = new Map<string, number>()
  for (const item of items) {
    if (item.kind !== 'duty' || item.state === 'dropped') continue
    for (const organisation of new Set(item.value.assignees.flatMap((assignee) => assignee.organisations))) {
      const words = `${organisation}:${plain(item.value.text)}`
      const times = (seen.get(words) ?? 0) + 1
      seen.set(words, times)
      charges.push({ organisation, duty: item.value, itemId: item.id, key: keyOf(`${words}:${times}`) })
    }
  }
  return charges
}

function keyOf(words: string): string {
  return createHash('sha256').update(words).digest('hex').slice(0, 40)
}
