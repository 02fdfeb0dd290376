import type { Db, Id } from '../kernel/index.ts'
import type { Device } from './device.ts'

const COLUMNS = [
  'id',
  'outletId',
  'clusterId',
  'code',
  'state',
  'publicKey',
  'replacesId',
  'addedAt',
  'enrolledAt',
  'revokedAt',
  'revokedReason',
] as const

export async function deviceById(db: Db, id: Id<'device'>): Promise<Device | null> {
  const row = await db.selectFrom('device').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asDevice(row) : null
}

export async function deviceByCode(db: Db, code: string): Promise<Device | null> {
  const row = await db.selectFrom('device').select(COLUMNS).where('code', '=', code).executeTakeFirst()
  return row ? asDevice(row) : null
}

/** Devices of a station, or of a board, that are enrolled, by code. */
export async function devicesOf(db: Db, outletId: Id<'outlet'>): Promise<Device[]> {
  const rows = await db
    .selectFrom('device')
    .select(COLUMNS)
    .where('outletId', '=', outletId)
    .where('state', '=', 'enrolled')
    .orderBy('code')
    .execute()
  return rows.map(asDevice)
}

/** Every device that plays or shows, or is to: as many as there are clusters over IP, and some boards. */
export async function standingDevices(db: Db): Promise<Device[]> {
  const rows = await db.selectFrom('device').select(COLUMNS).where('state', '<>', 'revoked').orderBy('code').execute()
  return rows.map(asDevice)
}

/** How many devices are enrolled, and how many of them have said nothing since a moment. */
export interface Enrolled {
  readonly devices: number
  readonly silent: number
}

/** Those of some stations. */
export async function countEnrolled(db: Db, stationIds: readonly Id<'outlet'>[], since: Date): Promise<Enrolled> {
  if (stationIds.length === 0) return { devices: 0, silent: 0 }
  return told(
    await enrolledSince(db, since)
      .where('device.stationId', 'in', [...stationIds])
      .executeTakeFirstOrThrow(),
  )
}

/** The speakers of all stations. */
export async function countSpeakers(db: Db, since: Date): Promise<Enrolled> {
  return told(await enrolledSince(db, since).where('device.stationId', 'is not', null).executeTakeFirstOrThrow())
}

function enrolledSince(db: Db, since: Date) {
  return db
    .selectFrom('device')
    .leftJoin('deviceState', 'deviceState.deviceId', 'device.id')
    .select(({ fn, eb }) => [
      fn.countAll().as('devices'),
      fn
        .count('deviceState.deviceId')
        .filterWhere(eb('deviceState.heardAt', '>=', since))
        .as('heard'),
    ])
    .where('device.state', '=', 'enrolled')
}

function told({ devices, heard }: Record<'devices' | 'heard', string | number | bigint>): Enrolled {
  return { devices: Number(devices), silent: Number(devices) - Number(heard) }
}

/** Every device that was ever at a cluster, or at a board, the newest first. */
export async function devicesAt(
  db: Db,
  [column, value]: readonly ['clusterId' | 'boardId', string],
): Promise<Device[]> {
  const rows = await db
    .selectFrom('device')
    .select(COLUMNS)
    .where(column, '=', value)
    .orderBy('addedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(asDevice)
}

/** Whether a device is at a board, or expected there. */
export async function standsAtBoard(db: Db, outletId: Id<'outlet'>): Promise<boolean> {
  const row = await db
    .selectFrom('device')
    .select('id')
    .where('boardId', '=', outletId)
    .where('state', '<>', 'revoked')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertDevices(
  db: Db,
  devices: readonly Pick<Device, 'id' | 'outletId' | 'clusterId' | 'code' | 'replacesId' | 'addedAt'>[],
): Promise<void> {
  for (let at = 0; at < devices.length; at += 500) {
    const rows = devices.slice(at, at + 500).map(({ outletId, ...one }) => ({
      ...one,
      ...(one.clusterId ? { stationId: outletId } : { boardId: outletId }),
      state: 'expected',
    }))
    await db.insertInto('device').values(rows).execute()
  }
}

/** Revokes devices that are not: those of a cluster, of a station, or one. Answers which. */
export async function revokeDevices(
  db: Db,
  [column, value]: readonly ['id' | 'clusterId' | 'stationId', string],
  reason: string,
  now: Date,
): Promise<Id<'device'>[]> {
  const rows = await db
    .updateTable('device')
    .set({ state: 'revoked', revokedAt: now, revokedReason: reason })
    .where(column, '=', value)
    .where('state', '<>', 'revoked')
    .returning('id')
    .execute()
  const ids = rows.map(({ id }) => id as Id<'device'>)
  if (ids.length > 0) {
    await db.deleteFrom('deviceEnrolment').where('deviceId', 'in', ids).where('usedAt', 'is', null).execute()
  }
  return ids
}

/** Keeps the hash of a new code in the place of one that nobody has used. */
export async function putEnrolment(
  db: Db,
  code: {
    readonly id: Id<'device_enrolment'>
    readonly deviceId: Id<'device'>
    readonly codeHash: string
    readonly madeBy: Id<'person'> | null
    readonly madeAt: Date
    readonly until: Date
  },
): Promise<void> {
  await db.deleteFrom('deviceEnrolment').where('deviceId', '=', code.deviceId).where('usedAt', 'is', null).execute()
  await db.insertInto('deviceEnrolment').values(code).execute()
}

/** Until when the code of a device holds that nobody has used yet; null where there is none. */
export async function openEnrolmentOf(db: Db, deviceId: Id<'device'>): Promise<Date | null> {
  const row = await db
    .selectFrom('deviceEnrolment')
    .select('until')
    .where('deviceId', '=', deviceId)
    .where('usedAt', 'is', null)
    .executeTakeFirst()
  return row?.until ?? null
}

function asDevice(row: Record<string, unknown>): Device {
  return row as unknown as Device // states as the table checks them
}
