import { randomUUID } from 'node:crypto'
import type { Ctx } from '../core/kernel/index.ts'
import type { HubBroadcast, HubEmergency, HubEnd, HubProgramme } from './speaker-hub-port.ts'

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
