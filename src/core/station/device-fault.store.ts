import type { Db, Id } from '../kernel/index.ts'

/**
 * `gap`: entries of its log are missing; `fork`: its log contradicts what is kept; `forged`: not signed by its key;
 * `forbidden`: it reached for what is another's; `revoked`: it goes on though it was revoked.
 */
export const DEVICE_FAULTS = ['gap', 'fork', 'forged', 'forbidden', 'revoked'] as const
export type DeviceFaultKind = (typeof DEVICE_FAULTS)[number]

export interface DeviceFault {
  readonly deviceId: Id<'device'>
  readonly kind: DeviceFaultKind
  readonly firstAt: Date
  readonly lastAt: Date
  readonly times: number
  readonly detail: string
}

/** Notes a fault met under the name of a device, or that it was met once more. */
export async function noteFault(
  db: Db,
  { deviceId, kind, at, detail }: Pick<DeviceFault, 'deviceId' | 'kind' | 'detail'> & { readonly at: Date },
  times = 1,
): Promise<void> {
  await db
    .insertInto('deviceFault')
    .values({ deviceId, kind, firstAt: at, lastAt: at, times, detail })
    .onConflict((clash) =>
      clash
        .columns(['deviceId', 'kind'])
        .doUpdateSet((eb) => ({ lastAt: at, detail, times: eb('deviceFault.times', '+', times) })),
    )
    .execute()
}

/** A gap is closed when what was missing has come. */
export async function endGap(db: Db, deviceId: Id<'device'>): Promise<void> {
  await db.deleteFrom('deviceFault').where('deviceId', '=', deviceId).where('kind', '=', 'gap').execute()
}

/** Faults met under the names of the devices of a station or a board, the newest first. */
export async function faultsOf(db: Db, outletId: Id<'outlet'>): Promise<DeviceFault[]> {
  const rows = await db
    .selectFrom('deviceFault')
    .innerJoin('device', 'device.id', 'deviceFault.deviceId')
    .selectAll('deviceFault')
    .where('device.outletId', '=', outletId)
    .orderBy('deviceFault.lastAt', 'desc')
    .execute()
  return rows as unknown as DeviceFault[] // ids and kinds as the table checks them
}
