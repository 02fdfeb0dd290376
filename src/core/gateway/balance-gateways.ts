import type { ChannelKey } from '../channel/index.ts'
import type { Ctx } from '../kernel/index.ts'
import { gatewaysOf, minutesOf, shiftShare, type GatewayMinute } from './gateway.store.ts'
import type { Gateway } from './gateway.ts'

/** Minutes that are looked at. */
const LOOK_BACK_MINUTES = 5
/** Fewer attempts than this say nothing of a road. */
const FEWEST_SENT = 10
/** A road of which this part of the attempts fails is failing; of which less than the second fails, well again. */
const FAILING = 0.2
const WELL = 0.05
/** Receipts that take this many times as long as on the quickest road of the channel are slow, if they take so long at all. */
const SLOW_TIMES = 4
const SLOW_SECONDS = 20
/** What a failing road keeps, so that its recovery is seen. */
const LEAST_SHARE = 5

/**
 * Shifts the work of each of these channels between its roads: one whose answers fail or whose receipts are slow keeps
 * half of what it had, down to a twentieth to be tried by; one that is well again gets back half as much more at a time.
 * What was shifted is noted with its reason. Called every few seconds; any number of workers may call it at once.
 */
export async function balanceGateways(ctx: Ctx, channels: readonly ChannelKey[]): Promise<number> {
  let shifted = 0
  for (const [channel, roads] of Map.groupBy(await gatewaysOf(ctx.db, null), (gateway) => gateway.channel)) {
    if (channels.includes(channel) && roads.length > 1) shifted += await balance(ctx, roads)
  }
  return shifted
}

async function balance(ctx: Ctx, roads: readonly Gateway[]): Promise<number> {
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - LOOK_BACK_MINUTES * 60_000)
  const heard = new Map<Gateway, Doing>()
  for (const road of roads) heard.set(road, doingOf(await minutesOf(ctx.db, road.id, since)))
  let shifted = 0
  for (const [road, own] of heard) {
    const others = [...heard].filter(([other]) => other !== road).map(([, doing]) => doing)
    const { share, reason } = nextShare(road, own, others)
    if (share === road.shareNow) continue
    // Only from the share that was looked at, and not twice in one minute: two workers shift it once.
    if (await shiftShare(ctx.db, road, share, reason, now)) shifted += 1
  }
  return shifted
}

/** How a road did of late: attempts, the part of them that failed, and how long its receipts took, in seconds. */
export interface Doing {
  readonly sent: number
  readonly failing: number
  readonly receiptSeconds: number | null
}

/** The same in one look over its last minutes. */
export function doingOf(minutes: readonly GatewayMinute[]): Doing {
  const sum = (of: (minute: GatewayMinute) => number) => minutes.reduce((total, minute) => total + of(minute), 0)
  const [sent, receipts] = [sum((one) => one.sent), sum((one) => one.receipts)]
  return {
    sent,
    failing: sent === 0 ? 0 : sum((one) => one.bad) / sent,
    receiptSeconds: receipts === 0 ? null : sum((one) => one.receiptSeconds) / receipts,
  }
}

/** The share a road should have next, and why. */
export function nextShare(
  road: Pick<Gateway, 'share' | 'shareNow'>,
  own: Doing,
  others: readonly Doing[],
): { readonly share: number; readonly reason: 'failing' | 'slow' | 'well' } {
  const less = Math.max(Math.min(LEAST_SHARE, road.share), Math.floor(road.shareNow / 2))
  const more = Math.min(road.share, Math.ceil(road.shareNow * 1.5))
  if (own.sent >= FEWEST_SENT && own.failing >= FAILING) return { share: less, reason: 'failing' }
  if (isSlow(own, others)) return { share: less, reason: 'slow' }
  if (own.failing < WELL) return { share: more, reason: 'well' }
  return { share: road.shareNow, reason: 'well' }
}

function isSlow({ receiptSeconds }: Doing, others: readonly Doing[]): boolean {
  if (receiptSeconds === null || receiptSeconds < SLOW_SECONDS) return false
  const quickest = Math.min(...others.flatMap((other) => other.receiptSeconds ?? []))
  return receiptSeconds >= quickest * SLOW_TIMES
}
