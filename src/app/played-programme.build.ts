import { randomUUID } from 'node:crypto'
import type { Ctx } from '../core/kernel/index.ts'
import type { HubBroadcast, HubEmergency, HubEnd, HubProgramme } from './speaker-hub-port.ts'
import type { Unsigned } from './speaker-hub-sign.ts'

/** What a test lets the stations play, and what came back. */
export class PlayedProgramme implements HubProgramme {
  emergencies: HubEmergency[] = []
  readonly ends: (HubEnd & { readonly deviceId: string })[] = []
  async scheduleOf() {
    return { broadcasts: [], plays: [] }
  }
  async emergenciesOf() {
    return this.emergencies
  }
  async endPlays(_ctx: Ctx, deviceId: string, ends: readonly HubEnd[]) {
    this.ends.push(...ends.map((end) => ({ ...end, deviceId })))
  }
}

/** A warning that holds for so long from now on. */
export function emergency(forMs = 3_600_000): HubEmergency {
  const broadcast: HubBroadcast = {
    ...{ id: randomUUID(), sha256: 'a'.repeat(64), bytes: 1_000, seconds: 10, class: 'emergency', language: 'vi' },
    ...{ title: 'Lũ quét', validFrom: new Date(), validUntil: new Date(Date.now() + forMs) },
  }
  return { broadcast, playId: randomUUID() }
}

/** Tells the devices of a station that a speech is over. */
export function lastPart(stationCode: string): Unsigned {
  const body = { kind: 'live' as const, playId: randomUUID(), part: 1, last: true, seconds: 0, audio: '' }
  return { recipient: `s/${stationCode}`, kind: 'live', validUntil: new Date(Date.now() + 20_000), body }
}
