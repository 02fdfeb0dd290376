import { Refusal, type Ctx } from '../core/kernel/index.ts'
import { enrolDevice, speakerKeys } from '../core/station/index.ts'
import type { ProvinceKey } from '../platform/speakers/protocol.ts'
import type { SpeakerDoors } from './speaker-doors.ts'
import { toldKey } from './speaker-hub-sign.ts'

/** What a device is told once: who it is, where to go, whom to believe. docs/speaker-protocol.md says the same. */
export interface Enrolment {
  readonly deviceId: string
  readonly code: string
  readonly kind: 'speaker' | 'board'
  /** Of its station, or of its board. */
  readonly stationCode: string
  readonly keys: readonly ProvinceKey[]
  readonly mqtt: { readonly url: string; readonly username: string; readonly password: string }
  /** Recordings, pictures and films lie below it by their hash. */
  readonly audio: string
}

/**
 * Enrols a device that came from `address` with its code and key.
 *
 * @throws Refusal as `enrolDevice` does, and `station.no_door` where this process speaks with no devices.
 */
export async function enrolment(
  ctx: Ctx,
  given: { readonly code: string; readonly publicKey: string },
  address: string,
  doors: SpeakerDoors | null,
): Promise<Enrolment> {
  if (!doors) throw new Refusal('station.no_door')
  const { trusted } = await speakerKeys(ctx)
  const { deviceId, deviceCode, outletCode, shows, password } = await enrolDevice(ctx, given, address)
  return {
    deviceId,
    code: deviceCode,
    kind: shows ? 'board' : 'speaker',
    stationCode: outletCode,
    keys: trusted.map(toldKey),
    mqtt: { url: doors.mqtt, username: deviceId, password },
    audio: doors.audio,
  }
}
