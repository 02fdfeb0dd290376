import type { Db, Id } from '../kernel/index.ts'

export interface OpenEnrolment {
  readonly id: Id<'device_enrolment'>
  readonly deviceId: Id<'device'>
  readonly usedAt: Date | null
  readonly deviceCode: string
  readonly state: string
  readonly publicKey: Uint8Array | null
  readonly outletId: Id<'outlet'>
  readonly outletCode: string
  /** It is at a board. */
  readonly shows: boolean
}

/** The enrolment a code belongs to while it holds, used or not; it is locked until the transaction ends. */
export async function enrolmentOfCode(db: Db, codeHash: string, now: Date): Promise<OpenEnrolment | null> {
  const row = await db
    .selectFrom('deviceEnrolment as enrolment')
    .innerJoin('device', 'device.id', 'enrolment.deviceId')
    .innerJoin('outlet', 'outlet.id', 'device.outletId')
    .select([
      'enrolment.id',
      'enrolment.deviceId',
      'enrolment.usedAt',
      'device.code as deviceCode',
      'device.state',
      'device.publicKey',
      'device.outletId',
      'outlet.code as outletCode',
      ({ eb }) => eb('device.boardId', 'is not', null).$castTo<boolean>().as('shows'),
    ])
    .where('enrolment.codeHash', '=', codeHash)
    .where('enrolment.until', '>', now)
    .forUpdate(['enrolment', 'device'])
    .executeTakeFirst()
  return (row as OpenEnrolment | undefined) ?? null // ids as they were written
}

/** Gives a device its key and the hashes of its password, and uses up the code. */
export async function noteEnrolled(
  db: Db,
  { id, deviceId }: Pick<OpenEnrolment, 'id' | 'deviceId'>,
  publicKey: Buffer,
  hashes: { readonly passwordHash: string; readonly passwordSha512: string },
  now: Date,
): Promise<void> {
  await db
    .updateTable('device')
    .set({ state: 'enrolled', publicKey, ...hashes, enrolledAt: now })
    .where('id', '=', deviceId)
    .execute()
  await db.updateTable('deviceEnrolment').set({ usedAt: now }).where('id', '=', id).execute()
}

/** Whether another device has that key. */
export async function keyIsTaken(db: Db, publicKey: Buffer, deviceId: Id<'device'>): Promise<boolean> {
  const row = await db
    .selectFrom('device')
    .select('id')
    .where('publicKey', '=', publicKey)
    .where('id', '<>', deviceId)
    .executeTakeFirst()
  return row !== undefined
}
