import type { ChannelKey } from '../channel/index.ts'
import type { Db, Id } from '../kernel/index.ts'
import type { Delivery } from './release.ts'

/** A row of the ledger that people carry out, with the name of its place. */
export type ManualRow = Pick<
  Delivery,
  | 'releaseId'
  | 'id'
  | 'channel'
  | 'outletId'
  | 'organisationId'
  | 'renditions'
  | 'state'
  | 'dueAt'
  | 'expiresAt'
  | 'taskId'
> & { readonly place: string }

/** The manual rows of a release by the codes of their outlets: of one channel, of one task, or all. */
export async function manualRowsOf(
  db: Db,
  releaseId: Id<'release'>,
  { channel, taskId }: { readonly channel: ChannelKey | null; readonly taskId: Id<'task'> | null },
  limit: number,
): Promise<ManualRow[]> {
  let query = db
    .selectFrom('delivery')
    .innerJoin('outlet', 'outlet.id', 'delivery.outletId')
    .innerJoin('place', 'place.id', 'delivery.placeId')
    .select(['delivery.releaseId', 'delivery.id', 'delivery.channel', 'delivery.outletId', 'delivery.organisationId'])
    .select(['delivery.renditions', 'delivery.state', 'delivery.dueAt', 'delivery.expiresAt', 'delivery.taskId'])
    .select('place.name as place')
    .where('delivery.releaseId', '=', releaseId)
    .where('delivery.means', '=', 'manual')
    .orderBy('outlet.code')
    .limit(limit)
  if (channel) query = query.where('delivery.channel', '=', channel)
  if (taskId) query = query.where('delivery.taskId', '=', taskId)
  return (await query.execute()).map((row) => row as unknown as ManualRow) // states and channels by the checks of the table
}
