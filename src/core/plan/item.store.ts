import type { Db, Id } from '../kernel/index.ts'
import type { Item, ItemKind, ItemState, Proposal } from './item.ts'

const COLUMNS = [
  'id',
  'planId',
  'kind',
  'key',
  'ordinal',
  'machine',
  'value',
  'spanFrom',
  'spanTo',
  'confidence',
  'state',
] as const

/** All items of a plan in the order a person walks them. */
export async function itemsOf(db: Db, planId: Id<'plan'>): Promise<Item[]> {
  const rows = await db
    .selectFrom('planItem')
    .select(COLUMNS)
    .where('planId', '=', planId)
    .orderBy('ordinal')
    .orderBy('id')
    .execute()
  return rows.map(asItem)
}

export async function itemById(db: Db, id: Id<'plan_item'>): Promise<Item | null> {
  const row = await db.selectFrom('planItem').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asItem(row) : null
}

export async function insertProposals(
  db: Db,
  planId: Id<'plan'>,
  proposals: readonly (Proposal & { readonly id: Id<'plan_item'> })[],
): Promise<void> {
  for (let at = 0; at < proposals.length; at += 500) {
    const rows = proposals.slice(at, at + 500).map(({ span, machine, ...proposal }) => ({
      ...proposal,
      planId,
      machine: JSON.stringify(machine),
      value: JSON.stringify(machine),
      spanFrom: span?.[0] ?? null,
      spanTo: span?.[1] ?? null,
      state: 'proposed',
    }))
    // What a person has decided on stays when the mended text is read again: same key, same thing.
    await db
      .insertInto('planItem')
      .values(rows)
      .onConflict((clash) => clash.columns(['planId', 'key']).doNothing())
      .execute()
  }
}

export async function insertAdded(
  db: Db,
  item: { id: Id<'plan_item'>; planId: Id<'plan'>; kind: ItemKind; key: string; ordinal: number; value: object },
  by: Id<'person'> | null,
  at: Date,
): Promise<void> {
  await db
    .insertInto('planItem')
    .values({ ...item, value: JSON.stringify(item.value), machine: null, state: 'added', decidedBy: by, decidedAt: at })
    .execute()
}

export async function setDecision(
  db: Db,
  ids: readonly Id<'plan_item'>[],
  decision: { readonly state: ItemState; readonly value?: object },
  by: Id<'person'> | null,
  at: Date,
): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('planItem')
    .set({
      state: decision.state,
      decidedBy: by,
      decidedAt: at,
      ...(decision.value && { value: JSON.stringify(decision.value) }),
    })
    .where('id', 'in', ids)
    .execute()
}

/** Removes what no person has touched, before a mended text is read again. */
export async function removeProposed(db: Db, planId: Id<'plan'>): Promise<void> {
  await db.deleteFrom('planItem').where('planId', '=', planId).where('state', '=', 'proposed').execute()
}

function asItem(row: { spanFrom: number | null; spanTo: number | null } & object): Item {
  const { spanFrom, spanTo, ...rest } = row
  const span = spanFrom === null || spanTo === null ? null : ([spanFrom, spanTo] as const)
  // The checks of table `plan_item` keep kind, state and jsonb in the shapes of Item.
  return { ...rest, span } as unknown as Item
}
