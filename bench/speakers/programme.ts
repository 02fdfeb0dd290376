/** A week as a station may have it: ten bulletins, six a day. Its bytes are what schedules of the measure weigh. */
import { randomUUID } from 'node:crypto'
import type { HubBroadcast, HubEmergency, HubSchedule } from '../../src/app/speaker-hub-port.ts'

const HOUR_MS = 3_600_000

export function weekFrom(now: number): HubSchedule {
  const broadcasts = Array.from({ length: 10 }, (_, at) =>
    broadcast(`Bản tin số ${at + 1} về phòng, chống mua bán người`, now),
  )
  const plays = Array.from({ length: 42 }, (_, at) => ({
    id: randomUUID(),
    broadcastId: broadcasts[at % 10]?.id ?? '',
    at: new Date(now + HOUR_MS + at * 4 * HOUR_MS),
    ord: 0,
  }))
  return { broadcasts, plays }
}

export const WARNING_SHA256 = 'ab'.repeat(32)

export function emergencyAt(now: number): HubEmergency {
  return { broadcast: { ...broadcast('Cảnh báo lũ quét', now), class: 'emergency', seconds: 1 }, playId: randomUUID() }
}

function broadcast(title: string, now: number): HubBroadcast {
  return {
    ...{
      id: randomUUID(),
      sha256: WARNING_SHA256,
      bytes: 1_400_000,
      seconds: 90,
      class: 'ordinary',
      language: 'vi',
      title,
    },
    ...{ validFrom: new Date(now), validUntil: new Date(now + 30 * 24 * HOUR_MS) },
  }
}
