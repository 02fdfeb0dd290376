import { BARE_OUTLET_ROW, importOutlets, outletRows, outletsWhere } from '../outlet/index.ts'
import type { Ctx, Id } from '../kernel/index.ts'
import { importSubscribers, previewSubscribers } from './import-subscribers.ts'
import { openList } from './list.ts'

/** A list of the province, open to all unless it is said otherwise; `ctx` is the system on a database with the reference. */
export async function buildList(
  ctx: Ctx,
  given: { readonly code: string; readonly channel?: 'bulletin' | 'sms'; readonly open?: boolean },
): Promise<Id<'outlet'>> {
  const { code, channel = 'bulletin', open = true } = given
  const row = { ...BARE_OUTLET_ROW, code, name: `Danh sách ${code}`, kind: 'subscribers', channel, means: 'machine' }
  const kept = await outletRows(ctx.db)
  await importOutlets(ctx, { rows: [...kept, { ...row, place: 'LC-2025', organisation: 'UBND-LC-2025' }] })
  const found = await outletsWhere(ctx.db, { day: '2026-07-01', kind: 'subscribers' }, null, 1_000)
  const outlet = found.find((one) => one.code === code)
  if (!outlet) throw new Error('the list was not kept')
  if (open) await openList(ctx, { outletId: outlet.id })
  return outlet.id
}

/** Makes contacts members of a list, as if they had agreed in a meeting. Answers how many became one. */
export async function buildMembers(ctx: Ctx, outletId: Id<'outlet'>, contacts: readonly string[]): Promise<number> {
  const rows = contacts.map((contact) => ({ contact, language: '', consent_on: '2020-01-01', consent_note: 'Họp' }))
  const { importId } = await previewSubscribers(ctx, { outletId, rows })
  if (!importId) throw new Error('a contact of the test can be none')
  return (await importSubscribers(ctx, { importId, outletId })).added
}
