import type { Ctx } from '../../core/kernel/index.ts'
import { deliveryNamed, noteReceipts } from '../../core/release/index.ts'
import { suppressSubscriber } from '../../core/subscriber/index.ts'
import { refusal } from '../../platform/mail/index.ts'
import { readReport, type Report } from './read-report.ts'
import { readReturnAddress } from './return-path.ts'

/** What became of a message that came back. `later`: its row is still being written; it is to be brought again. */
export type Noted = 'noted' | 'ignored' | 'later'

/**
 * Notes a bounce or a complaint. It is believed only where the address it comes to, or names, has our own proof: who
 * never saw the letter can say nothing of it. A bounce closes its row, one that says the address is no good stops all
 * that is sent there, and so does a complaint.
 */
export async function noteReport(ctx: Ctx, to: string, raw: string): Promise<Noted> {
  const report = readReport(raw)
  const deliveryId = report && (await deliveryOf(ctx, to, report))
  if (!report || !deliveryId) return 'ignored'
  const delivery = await deliveryNamed(ctx.db, deliveryId)
  if (!delivery || delivery.state === 'claimed') return 'later'
  const { state, detail, suppresses } = meaningOf(report)
  if (delivery.gatewayId) {
    const now = ctx.clock.now()
    const said = report.kind === 'abuse' ? null : report.at
    const at = said !== null && said < now ? said : now
    await noteReceipts(ctx, [{ gatewayId: delivery.gatewayId, ref: deliveryId, state, at, detail }])
  }
  if (delivery.recipientId && suppresses) {
    await suppressSubscriber(ctx, { subscriberId: delivery.recipientId, reason: suppresses })
  }
  return 'noted'
}

async function deliveryOf(ctx: Ctx, to: string, report: Report) {
  const own = await readReturnAddress(ctx, to)
  if (own || report.kind !== 'abuse' || report.returnTo === null) return own
  // A complaint comes to one address for all letters, and names the one that it is about.
  return readReturnAddress(ctx, report.returnTo)
}

interface Meaning {
  readonly state: 'delivered' | 'failed'
  readonly detail: string
  /** Why nothing is to be sent there any more; null where it may. */
  readonly suppresses: 'bounce' | 'complaint' | null
}

function meaningOf(report: Report): Meaning {
  // Who complains has read it.
  if (report.kind === 'abuse') return { state: 'delivered', detail: '', suppresses: 'complaint' }
  if (report.kind === 'delivered') return { state: 'delivered', detail: '', suppresses: null }
  const { reason, dead } = refusal(report.status)
  return { state: 'failed', detail: reason, suppresses: dead ? 'bounce' : null }
}
