import * as v from 'valibot'
import type { ChannelKey } from '../channel/index.ts'
import { actingPerson, action, dayAt, idOf, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { outletById, outletsWhere, type Outlet } from '../outlet/index.ts'
import type { ContactKind } from './contact.ts'
import { deleteOpened, insertOpened, openLists } from './list.store.ts'
import { LIST_KEEPERS } from './subscriber.ts'
import { countsOf, type SubscriptionCounts } from './subscription.store.ts'

/** Lists that the public may choose from on one page. */
const MOST_OPEN = 60

/** A list (danh sách nhận tin): an outlet behind which subscribers stand. */
export interface List {
  readonly outlet: Outlet
  readonly contactKind: ContactKind
  /** Whether the public may ask for it and read its issues. */
  readonly open: boolean
  readonly counts: SubscriptionCounts
}

/** What the members of a list are reached by. */
export function contactKindOf(channel: ChannelKey): ContactKind {
  return channel === 'sms' ? 'phone' : 'mail'
}

/** Lists that live today, by code, after a code. */
export async function listsAfter(ctx: Ctx, after: string | null, limit: number): Promise<List[]> {
  const day = dayAt(ctx.clock.now())
  return asLists(ctx, await outletsWhere(ctx.db, { day, kind: 'subscribers' }, after, limit))
}

/** @throws Refusal `subscriber.list_not_found` */
export async function listOf(ctx: Ctx, outletId: Id<'outlet'> | null): Promise<List> {
  const outlet = outletId && (await outletById(ctx.db, outletId))
  const [list] = outlet?.kind === 'subscribers' ? await asLists(ctx, [outlet]) : []
  if (!list) throw new Refusal('subscriber.list_not_found')
  return list
}

/** Lists of mail that the public may ask for today, by name. */
export async function listsToChoose(ctx: Ctx): Promise<List[]> {
  const found = await listsAfter(ctx, null, 1_000)
  return found
    .filter(({ open, contactKind, outlet }) => open && contactKind === 'mail' && outlet.pausedAt === null)
    .toSorted((one, other) => one.outlet.name.localeCompare(other.outlet.name, 'vi'))
    .slice(0, MOST_OPEN)
}

async function asLists(ctx: Ctx, outlets: readonly Outlet[]): Promise<List[]> {
  const ids = outlets.map(({ id }) => id)
  const [open, counts] = [await openLists(ctx.db, ids), await countsOf(ctx.db, ids)]
  return outlets.map((outlet) => ({
    outlet,
    contactKind: contactKindOf(outlet.channel),
    open: open.has(outlet.id),
    counts: counts.get(outlet.id) ?? { asked: 0, active: 0, ended: 0 },
  }))
}

const OneList = v.object({ outletId: idOf<'outlet'>() })
const within = async (ctx: Ctx, { outletId }: { readonly outletId: Id<'outlet'> }) =>
  (await outletById(ctx.db, outletId))?.organisationId ?? null
export const listMay = { who: 'roles' as const, roles: LIST_KEEPERS, within }

/** Lets the public ask for a list on the portal and read its issues there. */
export const openList = action('subscriber.open_list', {
  input: OneList,
  may: listMay,
  records: ({ outletId }, changed: boolean) => (changed ? { subject: 'outlet', subjectId: outletId, facts: {} } : null),
  async run(ctx, { outletId }) {
    await listOf(ctx, outletId)
    const by = actingPerson(ctx)
    return insertOpened(ctx.db, outletId, ctx.clock.now(), by)
  },
})

/** Takes a list off the portal; its members stay. */
export const closeList = action('subscriber.close_list', {
  input: OneList,
  may: listMay,
  records: ({ outletId }, changed: boolean) => (changed ? { subject: 'outlet', subjectId: outletId, facts: {} } : null),
  run: (ctx, { outletId }) => deleteOpened(ctx.db, outletId),
})
