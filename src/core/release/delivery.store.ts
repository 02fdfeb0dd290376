import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Delivery, DeliveryState } from './release.ts'

const COLUMNS = [
  'releaseId',
  'id',
  'channel',
  'outletId',
  'organisationId',
  'recipientId',
  'gatewayId',
  'corrects',
  'means',
  'renditions',
  'state',
  'dueAt',
  'expiresAt',
  'fence',
  'attempts',
  'claimedAt',
  'providerRef',
  'taskId',
  'reason',
] as const

export interface DeliveryLine extends Delivery {
  readonly outlet: string
  readonly code: string
  readonly place: string
}

/** Which rows of a release: of a state, or of some, and a channel, or of all. */
export interface DeliveryFilter {
  readonly state: DeliveryState | readonly DeliveryState[] | null
  readonly channel: string | null
  /** By the codes of outlets, as people look for them; by id where there are too many rows to sort. */
  readonly by: 'outlet' | 'id'
}

/** After which row a page goes on. */
export interface DeliveryKey {
  readonly code: string
  readonly id: string
}

const WRONG: readonly DeliveryState[] = ['failed', 'cancelled', 'expired', 'unknown']
const isWrong = (state: DeliveryState) => WRONG.includes(state)

/** A page of the rows of a release. */
export async function deliveriesOf(
  db: Db,
  releaseId: Id<'release'>,
  { state, channel, by }: DeliveryFilter,
  after: DeliveryKey | null,
  limit: number,
): Promise<DeliveryLine[]> {
  let query = db
    .selectFrom('delivery')
    .innerJoin('outlet', 'outlet.id', 'delivery.outletId')
    .innerJoin('place', 'place.id', 'delivery.placeId')
    .select(COLUMNS.map((column) => `delivery.${column}` as const))
    .select(['outlet.name as outlet', 'outlet.code as code', 'place.name as place'])
    .where('delivery.releaseId', '=', releaseId)
    .limit(limit)
  if (by === 'outlet') query = query.orderBy('outlet.code')
  query = query.orderBy('delivery.id')
  const wanted = state ? [state].flat() : []
  // What went wrong is found among a million without looking at the rest.
  if (wanted.length > 0 && wanted.every(isWrong)) query = query.where('delivery.wentWrong', 'in', wanted)
  else if (state) query = query.where('delivery.state', 'in', wanted)
  if (channel) query = query.where('delivery.channel', '=', channel)
  if (after && by === 'id') query = query.where('delivery.id', '>', after.id)
  if (after && by === 'outlet')
    query = query.where(sql<boolean>`(outlet.code, delivery.id) > (${after.code}, ${after.id}::uuid)`)
  return (await query.execute()).map((row) => row as unknown as DeliveryLine) // states and channels by the checks of the table
}

export async function deliveryById(db: Db, releaseId: Id<'release'>, id: Id<'delivery'>): Promise<Delivery | null> {
  const row = await db
    .selectFrom('delivery')
    .select(COLUMNS)
    .where('releaseId', '=', releaseId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? asDelivery(row) : null
}

/** A row by its id alone, once anything has come of it; a machine that reports of it names nothing else. */
export async function deliveryNamed(db: Db, id: Id<'delivery'>): Promise<Delivery | null> {
  const event = await db
    .selectFrom('deliveryEvent')
    .select('releaseId')
    .where('deliveryId', '=', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return event ? deliveryById(db, event.releaseId as Id<'release'>, id) : null // as the ledger wrote it
}

/** What is known of a row besides what its workers need. */
export interface DeliveryStanding {
  readonly wave: number
  readonly place: string
  readonly acceptedAt: Date | null
  readonly closedAt: Date | null
  /** When its provider is asked next what became of it; null: a person must find out. */
  readonly askAt: Date | null
  /** By when it should be known. */
  readonly askUntil: Date | null
  /** In how many pieces it goes, and the pieces whose references are known. */
  readonly parts: number
  readonly pieces: readonly DeliveryPiece[]
}

export interface DeliveryPiece {
  readonly part: number
  readonly ref: string
  readonly state: 'accepted' | 'delivered' | 'failed'
}

export async function standingOfDelivery(
  db: Db,
  releaseId: Id<'release'>,
  id: Id<'delivery'>,
): Promise<DeliveryStanding | null> {
  const row = await db
    .selectFrom('delivery')
    .innerJoin('place', 'place.id', 'delivery.placeId')
    .select(['wave', 'place.name as place', 'acceptedAt', 'closedAt', 'askAt', 'askUntil', 'parts'])
    .where('releaseId', '=', releaseId)
    .where('delivery.id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const pieces = await db
    .selectFrom('deliveryPart')
    .select(['part', 'ref', 'state'])
    .where('deliveryId', '=', id)
    .where('part', '>', 0)
    .orderBy('part')
    .execute()
  return { ...row, pieces: pieces as DeliveryPiece[] } // states by the check of the table
}

/** The row whose task this is. */
export async function deliveryOfTask(db: Db, taskId: Id<'task'>): Promise<Delivery | null> {
  const row = await db.selectFrom('delivery').select(COLUMNS).where('taskId', '=', taskId).executeTakeFirst()
  return row ? asDelivery(row) : null
}

export interface DeliveryEvent {
  readonly at: Date
  readonly kind: string
  readonly detail: string
  readonly actor: string
  /** When the attempt began whose outcome this is. */
  readonly beganAt: Date | null
}

/** What happened to a row, the first first: attempts, deeds of people, and what machines said of it later. */
export async function eventsOfDelivery(db: Db, id: Id<'delivery'>): Promise<DeliveryEvent[]> {
  const { rows } = await sql<DeliveryEvent>`
    select at, kind, detail, actor, began_at as "beganAt" from (
      select at, kind, detail, actor, began_at, id from delivery_event where delivery_id = ${id}
      union all
      select receipt.noted_at, 'receipt_' || receipt.state, receipt.detail, '', null, 0 from delivery
      join receipt on receipt.gateway_id = delivery.gateway_id and receipt.ref = delivery.provider_ref
      where delivery.id = ${id} and delivery.parts = 1
      union all
      select receipt.noted_at, 'receipt_' || receipt.state, receipt.detail, '', null, 0 from delivery_part
      join receipt using (gateway_id, ref) where delivery_part.delivery_id = ${id} and part > 0
    ) as happened order by at, id limit 500`.execute(db)
  return rows
}

/** A row of the table as the domain knows it. */
function asDelivery(row: Record<string, unknown>): Delivery {
  return { ...row, fence: Number(row['fence']) } as unknown as Delivery // states and channels by the checks of the table
}
