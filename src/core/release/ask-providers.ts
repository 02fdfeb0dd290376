import type { ChannelKey } from '../channel/index.ts'
import { gatewayById, type Gateway } from '../gateway/index.ts'
import { asSystem, type Ctx, type Id } from '../kernel/index.ts'
import { outletsByIds } from '../outlet/index.ts'
import { answerUnknown, rowsToAsk, type RowToAsk } from './asking.store.ts'
import type { Answer, Asking, Sender } from './sender.ts'

const AT_ONCE = 100
/** Seconds until the same provider is asked again of the same row. */
const ASK_AGAIN_SECONDS = 120

/**
 * Asks providers what became of rows nobody knows of: to read is free, to send again is not. What a provider cannot say
 * until the deadline is left to a person. Answers how many rows were closed, or are free to go again.
 */
export async function askProviders(ctx: Ctx, senders: ReadonlyMap<ChannelKey, Sender>): Promise<number> {
  const own = asSystem(ctx, 'ledger')
  const now = own.clock.now()
  const again = new Date(now.getTime() + ASK_AGAIN_SECONDS * 1_000)
  const rows = await rowsToAsk(own.db, now, again, AT_ONCE)
  let moved = 0
  for (const [channel, ofChannel] of Map.groupBy(rows, (row) => row.channel)) {
    const sender = senders.get(channel)
    if (!sender?.ask) continue
    const answers = await ask(own, sender, ofChannel)
    moved += await answerUnknown(own.db, ofChannel, answers, own.clock.now())
  }
  return moved
}

async function ask(ctx: Ctx, sender: Sender, rows: readonly RowToAsk[]): Promise<readonly Answer[]> {
  const outlets = await outletsByIds(
    ctx.db,
    rows.map(({ outletId }) => outletId),
  )
  const gateways = new Map<Id<'gateway'>, Gateway | null>()
  const askings: Asking[] = []
  for (const row of rows) {
    const { gatewayId } = row
    if (gatewayId && !gateways.has(gatewayId)) gateways.set(gatewayId, await gatewayById(ctx.db, gatewayId))
    const outlet = outlets.get(row.outletId)
    if (!outlet) throw new Error(`Delivery ${row.id} has lost its outlet`)
    const gateway = gatewayId ? (gateways.get(gatewayId) ?? null) : null
    askings.push({ deliveryId: row.id, releaseId: row.releaseId, gateway, outlet, ref: row.ref, refs: row.refs })
  }
  try {
    return (await sender.ask?.(ctx, askings)) ?? []
  } catch {
    // Who cannot be reached now is asked again later; nothing is known better or worse.
    return []
  }
}
