import type { Item, ItemKind, Warning } from '#core/plan/index.ts'

/** What a warning is about, by the first part of its code: where a person looks for it. */
const ABOUT: Readonly<Record<string, ItemKind>> = {
  law: 'legal_basis',
  organisation: 'duty',
  hotline: 'hotline',
  number: 'head',
  day: 'head',
}

interface Placed {
  readonly byItem: ReadonlyMap<string, readonly Warning[]>
  /** Warnings that belong to no item. */
  readonly loose: readonly Warning[]
}

/** Puts each warning at one item, that of its kind whose words it stands in; the same words are not said twice there. */
export function placeWarnings(items: readonly Item[], warnings: readonly Warning[]): Placed {
  const byItem = new Map<string, Warning[]>()
  const loose: Warning[] = []
  const said = new Set<string>()
  for (const warning of warnings) {
    const kind = ABOUT[warning.code.split('.')[0] ?? '']
    const item = items.find((one) => one.kind === kind && (kind === 'head' || overlaps(one, warning)))
    const words = `${item?.id ?? ''} ${warning.code} ${JSON.stringify(warning.facts)}`
    if (said.has(words)) continue
    said.add(words)
    if (item) byItem.set(item.id, [...(byItem.get(item.id) ?? []), warning])
    else loose.push(warning)
  }
  return { byItem, loose }
}

function overlaps({ span }: Item, warning: Warning): boolean {
  return span !== null && warning.span[0] < span[1] && span[0] < warning.span[1]
}
