import type { Db, Id } from '../kernel/index.ts'

/** A device as the broker and the hub know it. */
export interface PlaneDevice {
  readonly id: Id<'device'>
  readonly code: string
  readonly state: 'enrolled' | 'revoked'
  readonly outletId: Id<'outlet'>
  /** Of its station, or of its board. */
  readonly outletCode: string
  /** It is at a board. */
  readonly shows: boolean
  readonly publicKey: Buffer
  readonly passwordHash: string | null
  /** As RabbitMQ keeps it; null where it enrolled before that was kept. */
  readonly passwordSha512: string | null
  readonly revokedAt: Date | null
}

/** All that ever enrolled: who is revoked is told from who never was. */
export async function planeDevices(db: Db): Promise<PlaneDevice[]> {
  const rows = await keyed(db).where('device.state', 'in', ['enrolled', 'revoked']).orderBy('device.code').execute()
  return rows as unknown as PlaneDevice[] // ids as they were written, states as asked for
}

/** A station whose devices are reached over IP, with what stands of it in its schedule. */
export interface PlaneStation {
  readonly id: Id<'outlet'>
  readonly code: string
  readonly scheduleVersion: number
  readonly volume: number
  readonly volumeHours: readonly { readonly from: string; readonly to: string; readonly volume: number }[]
  readonly chime: boolean
  /** `HH:MM` */
  readonly quiet: { readonly from: string; readonly to: string } | null
}

export async function planeStations(db: Db): Promise<PlaneStation[]> {
  const rows = await db
    .selectFrom('station')
    .innerJoin('outlet', 'outlet.id', 'station.outletId')
    .select([
      'outlet.id',
      'outlet.code',
      'outlet.quietFrom',
      'outlet.quietTo',
      'station.scheduleVersion',
      'station.volume',
      'station.volumeHours',
      'station.chime',
    ])
    .where('station.carriage', '=', 'ip')
    .orderBy('outlet.code')
    .execute()
  return rows.map(({ quietFrom, quietTo, scheduleVersion, ...row }) => ({
    ...row,
    scheduleVersion: Number(scheduleVersion),
    quiet: quietFrom && quietTo ? { from: quietFrom.slice(0, 5), to: quietTo.slice(0, 5) } : null,
  })) as unknown as PlaneStation[] // ids and hours as they were written
}

/** Of these the devices that are enrolled, and so may fetch what they are to play or to show. */
export async function enrolledDevices(db: Db, ids: readonly Id<'device'>[]): Promise<PlaneDevice[]> {
  if (ids.length === 0) return []
  const rows = await keyed(db)
    .where('device.id', 'in', [...ids])
    .where('device.state', '=', 'enrolled')
    .execute()
  return rows as unknown as PlaneDevice[] // ids as they were written
}

/** Devices that have shown their key, with where they are. */
function keyed(db: Db) {
  return db
    .selectFrom('device')
    .innerJoin('outlet', 'outlet.id', 'device.outletId')
    .select([
      'device.id',
      'device.code',
      'device.state',
      'device.outletId',
      'outlet.code as outletCode',
      ({ eb }) => eb('device.boardId', 'is not', null).$castTo<boolean>().as('shows'),
      'device.publicKey',
      'device.passwordHash',
      'device.passwordSha512',
      'device.revokedAt',
    ])
    .where('device.publicKey', 'is not', null)
}
