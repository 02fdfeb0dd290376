import type { ItemValues } from './item.ts'

type Duty = ItemValues['duty']

/** One duty laid on one body: what becomes one task. */
export interface Charge {
  /** Code of the organisation. */
  readonly organisation: string
  readonly duty: Duty
}

export interface DutyComparison<Before extends Charge, After extends Charge> {
  readonly same: readonly { readonly before: Before; readonly after: After }[]
  readonly changed: readonly { readonly before: Before; readonly after: After; readonly fields: readonly string[] }[]
  readonly added: readonly After[]
  readonly removed: readonly Before[]
}

/**
 * Compares what two versions of a plan lay on each body. Charges of one body are paired by their words first, then
 * by their likeness: two thirds of the words in common make the same duty, changed. Clause numbers alone change nothing.
 */
export function compareDuties<Before extends Charge, After extends Charge>(
  before: readonly Before[],
  after: readonly After[],
): DutyComparison<Before, After> {
  const same: { before: Before; after: After }[] = []
  const changed: { before: Before; after: After; fields: string[] }[] = []
  const added: After[] = []
  const left = new Map<string, Before[]>()
  for (const charge of before) left.set(charge.organisation, [...(left.get(charge.organisation) ?? []), charge])

  const unpaired: After[] = []
  for (const charge of after) {
    const twin = take(left, charge.organisation, (old) => plain(old.duty.text) === plain(charge.duty.text))
    if (!twin) unpaired.push(charge)
    else pair(twin, charge)
  }
  for (const charge of unpaired) {
    const twin = take(left, charge.organisation, (old) => likeness(old.duty.text, charge.duty.text) >= 2 / 3)
    if (twin) pair(twin, charge)
    else added.push(charge)
  }
  return { same, changed, added, removed: [...left.values()].flat() }

  function pair(old: Before, now: After): void {
    const fields = differences(old.duty, now.duty)
    if (fields.length === 0) same.push({ before: old, after: now })
    else changed.push({ before: old, after: now, fields })
  }
}

function take<Before extends Charge>(
  left: Map<string, Before[]>,
  organisation: string,
  fits: (old: Before) => boolean,
): Before | null {
  const charges = left.get(organisation) ?? []
  const at = charges.findIndex(fits)
  if (at < 0) return null
  return charges.splice(at, 1)[0] ?? null
}

/** What of a duty differs so that its task must be issued again. */
function differences(old: Duty, now: Duty): string[] {
  const fields: string[] = []
  if (plain(old.text) !== plain(now.text)) fields.push('text')
  if (old.role !== now.role) fields.push('role')
  if ((old.deadline?.to ?? null) !== (now.deadline?.to ?? null)) fields.push('deadline')
  if (old.rhythm !== now.rhythm) fields.push('rhythm')
  return fields
}

/** The words alone, for telling whether two texts say the same. */
export function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Share of words in common, from 0 to 1 (Jaccard over the sets of words). */
export function likeness(one: string, other: string): number {
  const a = new Set(plain(one).split(' '))
  const b = new Set(plain(other).split(' '))
  let common = 0
  for (const word of a) if (b.has(word)) common++
  return common / (a.size + b.size - common)
}
