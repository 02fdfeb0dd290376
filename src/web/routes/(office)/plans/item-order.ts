import type { Item, ItemKind } from '#core/plan/index.ts'

const ORDER: readonly ItemKind[] = [
  'head',
  'duty',
  'period',
  'theme',
  'slogan',
  'hotline',
  'channel',
  'target',
  'audience',
  'legal_basis',
]

/** An item with what its page needs to know: whether the machine is less sure of it than a page may leave unsaid. */
export type ShownItem = Item & { readonly doubtful: boolean }

export interface ItemGroup {
  readonly kind: ItemKind
  readonly items: readonly ShownItem[]
  /** How many somebody has looked at. */
  readonly done: number
}

/** The items by kind, in the order in which a person checks them: what makes tasks comes before what describes. */
export function groupsOf(items: readonly ShownItem[]): ItemGroup[] {
  return ORDER.map((kind) => {
    const own = items.filter((item) => item.kind === kind)
    return { kind, items: own, done: own.filter((item) => item.state !== 'proposed').length }
  })
}
