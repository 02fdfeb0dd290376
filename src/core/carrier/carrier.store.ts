import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import type { CarrierReceipt, CarrierRequest, CarrierSending } from './carrier-request.ts'

const COLUMNS = [
  'id',
  'releaseId',
  'organisationId',
  'committeeId',
  'requestId',
  'letterId',
  'area',
  'hourFrom',
  'hourTo',
  'fromDay',
  'toDay',
  'senderName',
  'state',
  'sentOn',
  'droppedReason',
  'createdAt',
] as const

export async function insertCarrierRequest(
  db: Db,
  request: CarrierRequest & { readonly createdBy: Id<'person'> | null },
  deliveries: readonly { readonly id: Id<'delivery'>; readonly outletId: Id<'outlet'> }[],
): Promise<void> {
  await db.insertInto('carrierRequest').values(request).execute()
  const { id: requestId, releaseId } = request
  await db
    .insertInto('carrierSending')
    .values(deliveries.map(({ id: deliveryId, outletId }) => ({ requestId, releaseId, deliveryId, outletId })))
    .execute()
}

export async function carrierRequestById(db: Db, id: Id<'carrier_request'>): Promise<CarrierRequest | null> {
  const row = await db.selectFrom('carrierRequest').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asRequest(row) : null
}

/** The request, locked until the transaction ends. */
export async function lockCarrierRequest(db: Db, id: Id<'carrier_request'>): Promise<CarrierRequest | null> {
  const row = await db.selectFrom('carrierRequest').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asRequest(row) : null
}

/** The request of a release that was not dropped. */
export async function carrierRequestOf(db: Db, releaseId: Id<'release'>): Promise<CarrierRequest | null> {
  const row = await db
    .selectFrom('carrierRequest')
    .select(COLUMNS)
    .where('releaseId', '=', releaseId)
    .where('state', '<>', 'dropped')
    .executeTakeFirst()
  return row ? asRequest(row) : null
}

export interface CarrierRequestKey {
  readonly createdAt: Date
  readonly id: string
}

/** Newest first. */
export async function carrierRequests(
  db: Db,
  before: CarrierRequestKey | null,
  limit: number,
): Promise<CarrierRequest[]> {
  let query = db
    .selectFrom('carrierRequest')
    .select(COLUMNS)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (before) query = query.where(sql<boolean>`(created_at, id) < (${before.createdAt}, ${before.id}::uuid)`)
  return (await query.execute()).map(asRequest)
}

export async function updateCarrierRequest(
  db: Db,
  id: Id<'carrier_request'>,
  change: Partial<Pick<CarrierRequest, 'state' | 'sentOn' | 'droppedReason'>>,
): Promise<void> {
  await db.updateTable('carrierRequest').set(change).where('id', '=', id).execute()
}

/** The carriers of a request with the receipt that counts, in the order in which they were written down. */
export async function sendingsOf(db: Db, requestId: Id<'carrier_request'>): Promise<CarrierSending[]> {
  const rows = await db
    .selectFrom('carrierSending')
    .leftJoin('carrierReceipt', (join) =>
      join
        .onRef('carrierReceipt.deliveryId', '=', 'carrierSending.deliveryId')
        .on('carrierReceipt.supersededAt', 'is', null),
    )
    .select(['carrierSending.deliveryId', 'carrierSending.outletId', 'carrierSending.sentOn'])
    .select(['subscribers', 'messages', 'fromDay', 'toDay', 'note', 'sha256', 'fileName', 'filedAt', 'filedBy'])
    .where('carrierSending.requestId', '=', requestId)
    .orderBy('carrierSending.outletId')
    .execute()
  return rows.map(({ deliveryId, outletId, sentOn, ...receipt }) => {
    const { subscribers, messages } = receipt
    const figures = { subscribers: Number(subscribers), messages: Number(messages) }
    // The left join found all columns of a receipt or none; ids as they were written.
    return {
      deliveryId,
      outletId,
      sentOn,
      receipt: receipt.sha256 === null ? null : { ...receipt, ...figures },
    } as CarrierSending
  })
}

export async function setSentToCarrier(
  db: Db,
  requestId: Id<'carrier_request'>,
  deliveryId: Id<'delivery'>,
  sent: { readonly on: Day; readonly by: string },
): Promise<void> {
  await db
    .updateTable('carrierSending')
    .set({ sentOn: sent.on, sentBy: sent.by })
    .where('requestId', '=', requestId)
    .where('deliveryId', '=', deliveryId)
    .execute()
}

/** Files what a carrier reports; what it reported before counts no more. */
export async function insertCarrierReceipt(
  db: Db,
  receipt: CarrierReceipt & {
    readonly id: Id<'carrier_receipt'>
    readonly requestId: Id<'carrier_request'>
    readonly deliveryId: Id<'delivery'>
  },
): Promise<void> {
  await db
    .updateTable('carrierReceipt')
    .set({ supersededAt: receipt.filedAt })
    .where('deliveryId', '=', receipt.deliveryId)
    .where('supersededAt', 'is', null)
    .execute()
  await db.insertInto('carrierReceipt').values(receipt).execute()
}

function asRequest(row: Record<string, unknown>): CarrierRequest {
  const hour = (clock: unknown) => String(clock).slice(0, 5)
  return { ...row, hourFrom: hour(row['hourFrom']), hourTo: hour(row['hourTo']) } as unknown as CarrierRequest // states by the check of the table
}
