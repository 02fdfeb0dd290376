import { settingsOf, type Gateway } from '../../core/gateway/index.ts'
import { asSystem, type Ctx, type Id } from '../../core/kernel/index.ts'
import { noteReceipts } from '../../core/release/index.ts'
import { endByStopWord } from '../../core/subscriber/index.ts'
import { HTTP_FIELDS } from './http/settings.ts'
import { openHttpRoad } from './http/http-road.ts'
import type { Road, Surroundings } from './road.ts'
import { SMPP_FIELDS } from './smpp/settings.ts'
import { openSmppRoad } from './smpp/smpp-road.ts'

/** Open gateways by id: opened when first needed, opened anew when they are set otherwise. */
export interface RoadPool {
  /** Null for a gateway of a kind that nobody here speaks, and for one whose secret does not open. */
  roadOf(ctx: Ctx, gateway: Gateway): Promise<Road | null>
  close(): Promise<void>
}

interface Held {
  readonly fingerprint: string
  readonly road: Promise<Road | null>
}

export function openRoadPool(): RoadPool {
  const held = new Map<Id<'gateway'>, Held>()
  return {
    roadOf(ctx, gateway) {
      const fingerprint = fingerprintOf(gateway)
      const standing = held.get(gateway.id)
      if (standing?.fingerprint === fingerprint) return standing.road
      const road = openRoad(ctx, gateway)
      held.set(gateway.id, { fingerprint, road })
      // The old one ends what it has in hand; what is new goes by the new one.
      void standing?.road.then((old) => old?.close())
      return road
    },
    async close() {
      const all = [...held.values()]
      held.clear()
      await Promise.all(all.map(async ({ road }) => (await road)?.close()))
    },
  }
}

/** All that a road is opened with. */
function fingerprintOf({ kind, settings, secretSealed, windowSize, ratePerSecond }: Gateway): string {
  const sorted = Object.entries(settings).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([kind, sorted, secretSealed, windowSize, ratePerSecond])
}

async function openRoad(ctx: Ctx, gateway: Gateway): Promise<Road | null> {
  const { id, kind, settings, secretSealed, windowSize, ratePerSecond } = gateway
  const secret = secretSealed === null ? '' : await ctx.secrets.open(secretSealed, `gateway:${id}`)
  if (secret === null) return null
  const surroundings = surroundingsOf(ctx)
  switch (kind) {
    case 'smpp':
      return openSmppRoad(
        { id, settings: settingsOf(SMPP_FIELDS, settings), password: secret, windowSize, ratePerSecond },
        surroundings,
      )
    case 'http':
      return openHttpRoad(
        { id, settings: settingsOf(HTTP_FIELDS, settings), secret, windowSize, ratePerSecond },
        surroundings,
      )
    default:
      return null
  }
}

function surroundingsOf(ctx: Ctx): Surroundings {
  const own = asSystem(ctx, 'sms')
  return {
    now: () => own.clock.now(),
    noteReceipts: (receipts) => noteReceipts(own, receipts),
    async endFor(phone) {
      const { ended } = await endByStopWord(own, { contactKind: 'phone', contact: phone })
      return ended > 0
    },
  }
}
