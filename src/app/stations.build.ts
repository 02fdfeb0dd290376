import { generateKeyPairSync, sign } from 'node:crypto'
import type { Ctx, Id } from '../core/kernel/index.ts'
import {
  BARE_STATION_ROW,
  deviceByCode,
  enrolDevice,
  makeEnrolment,
  type DeviceHeartbeat,
  type RowKind,
  type StationRow,
} from '../core/station/index.ts'

/** A row of the table of stations, for tests: what is not said is as it is most often in Bản Hồ. */
export function stationRow(given: Partial<StationRow> & { readonly kind: RowKind; readonly code: string }): StationRow {
  return { ...BARE_STATION_ROW, ...USUAL[given.kind], ...given }
}

const USUAL: Readonly<Record<RowKind, Partial<StationRow>>> = {
  station: { name: 'Đài truyền thanh xã', place: '02683', organisation: 'UBND-02683', carriage: 'ip' },
  cluster: { name: 'Cụm loa thôn', carriage: '4g' },
  speaker: {},
}

/** A station with as many clusters as asked for, each with an expected speaker. */
export function stationWith(
  code: string,
  clusters: number,
  given: Partial<Omit<StationRow, 'kind' | 'code'>> = {},
): StationRow[] {
  const numbers = Array.from({ length: clusters }, (_, at) => `${code}-${String(at + 1).padStart(3, '0')}`)
  return [
    stationRow({ kind: 'station', code, ...given }),
    ...numbers.map((one) => stationRow({ kind: 'cluster', code: one, station: code, name: `Cụm loa ${one}` })),
    ...numbers.map((one) => stationRow({ kind: 'speaker', code: `TB-${one}`, cluster: one })),
  ]
}

/** The same context as somebody else. */
export const as = (ctx: Ctx, actor: Ctx['actor']): Ctx => ({ ...ctx, actor })

/** Enrols an expected device as it would itself: with a code and a key that it made. */
export async function enrolled(ctx: Ctx, deviceCode: string): Promise<Id<'device'>> {
  const device = await deviceByCode(ctx.db, deviceCode)
  if (!device) throw new Error(`no device ${deviceCode}`)
  const { code } = await makeEnrolment(ctx, { deviceId: device.id })
  await enrolDevice(ctx, enrolmentOf(code), '127.0.0.1')
  return device.id
}

/** What a device says to enrol by a code: the key it has just made, and the proof that it has its other half. */
function enrolmentOf(code: string) {
  const { publicKey: key, privateKey } = generateKeyPairSync('ed25519')
  const publicKey = key.export({ format: 'jwk' }).x ?? ''
  const proof = sign(null, Buffer.from(`loa-enrol-v1\0${code}\0${publicKey}`), privateKey).toString('base64url')
  return { code, publicKey, proof }
}

/** What a device says of itself when all is well, but for what is said otherwise. */
export function heartbeat(
  deviceId: Id<'device'>,
  heardAt: Date,
  given: Partial<DeviceHeartbeat> = {},
): DeviceHeartbeat {
  const well = { storedCount: 0, nextPlayAt: null, volume: 80, clockOffMs: 0, faults: [], agentVersion: 'test' }
  return { deviceId, heardAt, scheduleVersion: 0, ...well, ...given }
}
