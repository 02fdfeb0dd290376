import type { Db, Id } from '../kernel/index.ts'
import type { WebhookAttempt, WebhookSecret } from './webhook.ts'

const SECRET = ['id', 'outletId', 'sealed', 'madeAt', 'endsAt'] as const

/** Those that sign at a moment, the newest first. */
export async function secretsOf(db: Db, outletId: Id<'outlet'>, now: Date): Promise<WebhookSecret[]> {
  const rows = await db
    .selectFrom('webhookSecret')
    .select(SECRET)
    .where('outletId', '=', outletId)
    .where((eb) => eb.or([eb('endsAt', 'is', null), eb('endsAt', '>', now)]))
    .orderBy('madeAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows as unknown as WebhookSecret[] // ids as they were written
}

/** Puts a secret in the place of the newest, which signs on until `oldEndsAt`. */
export async function insertSecret(db: Db, secret: Omit<WebhookSecret, 'endsAt'>, oldEndsAt: Date): Promise<void> {
  await db
    .updateTable('webhookSecret')
    .set({ endsAt: oldEndsAt })
    .where('outletId', '=', secret.outletId)
    .where('endsAt', 'is', null)
    .execute()
  await db
    .insertInto('webhookSecret')
    .values({ ...secret, endsAt: null })
    .execute()
}

/** Ends all but the newest at once, as after one has become known. */
export async function endOldSecrets(db: Db, outletId: Id<'outlet'>, now: Date): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('webhookSecret')
    .set({ endsAt: now })
    .where('outletId', '=', outletId)
    .where('endsAt', '>', now)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export async function insertAttempt(db: Db, attempt: WebhookAttempt): Promise<void> {
  await db.insertInto('webhookAttempt').values(attempt).execute()
}

export interface AttemptLine extends WebhookAttempt {
  readonly id: number
}

const ATTEMPT = [
  'id',
  'outletId',
  'releaseId',
  'deliveryId',
  'at',
  'event',
  'status',
  'tookMs',
  'bytes',
  'outcome',
  'reason',
  'answer',
] as const

/** Attempts at an outlet before one, the last first. */
export async function attemptsAt(
  db: Db,
  outletId: Id<'outlet'>,
  before: number | null,
  limit: number,
): Promise<AttemptLine[]> {
  let query = db
    .selectFrom('webhookAttempt')
    .select(ATTEMPT)
    .where('outletId', '=', outletId)
    .orderBy('id', 'desc')
    .limit(limit)
  if (before !== null) query = query.where('id', '<', before)
  return (await query.execute()) as unknown as AttemptLine[] // events and outcomes by the checks of the table
}

/** Attempts for one delivery, the last first. */
export async function attemptsOf(db: Db, deliveryId: Id<'delivery'>, limit: number): Promise<AttemptLine[]> {
  const rows = await db
    .selectFrom('webhookAttempt')
    .select(ATTEMPT)
    .where('deliveryId', '=', deliveryId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows as unknown as AttemptLine[] // events and outcomes by the checks of the table
}
