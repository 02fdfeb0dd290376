import { gatewaysOf, drawTokens, noteDoings, type Gateway } from '../gateway/index.ts'
import type { Ctx } from '../kernel/index.ts'
import { outletsByIds } from '../outlet/index.ts'
import { approvedContent } from '../review/index.ts'
import { claimBatch } from './claim-batch.ts'
import type { Claim, Claimed } from './claim.store.ts'
import { mayLeave } from './may-leave.ts'
import { releaseById } from './release.store.ts'
import type { OpenRelease } from './release.ts'
import type { Outcome, Sender, Sending } from './sender.ts'
import { settleDeliveries, type Move } from './settle.store.ts'
import { ASK_AFTER_SECONDS, ASK_FOR_HOURS, LEASE_SECONDS } from './times.ts'

/** A row that is put off again and again is tried at least this often, until it expires. */
const MOST_WAIT_SECONDS = 3_600
/** Before the lease ends a sender is told to begin nothing more. */
const STOP_BEFORE_SECONDS = 10

/** A road of a channel with how many rows may go by it now, and whose. */
interface Road {
  readonly gateway: Gateway | null
  readonly rows: number
  readonly bodies: Claim['bodies']
}

/** Claims a batch, sends it outside of any transaction, writes what came of it where the claim still holds. */
export async function sendBatch(ctx: Ctx, sender: Sender, open: readonly OpenRelease[]): Promise<number> {
  const roads = await roadsOf(ctx, sender)
  const sent = await Promise.all(roads.map((road) => sendBy(ctx, sender, open, road)))
  return sent.reduce((total, rows) => total + rows, 0)
}

const EVERYBODY: Claim['bodies'] = { only: false, ids: [] }

/**
 * Which roads are open: a body that has gateways of its own goes by those alone; the rest by those of all, each taking
 * the share of the batch that it has now, and no more than its rate allows.
 */
async function roadsOf(ctx: Ctx, sender: Sender): Promise<Road[]> {
  const all = await gatewaysOf(ctx.db, sender.channel)
  if (all.length === 0) return [{ gateway: null, rows: sender.batch, bodies: EVERYBODY }]
  const owners = [...new Set(all.flatMap(({ organisationId }) => (organisationId ? [organisationId] : [])))]
  const roads: Road[] = []
  for (const [owner, own] of Map.groupBy(all, (gateway) => gateway.organisationId)) {
    const running = own.filter((gateway) => gateway.pausedAt === null)
    const shares = running.reduce((total, { shareNow }) => total + shareNow, 0)
    for (const gateway of running) {
      const wanted = shares === 0 ? sender.batch : Math.ceil((sender.batch * gateway.shareNow) / shares)
      const rows = await drawTokens(ctx.db, gateway.id, wanted, ctx.clock.now())
      const bodies = owner ? { only: true, ids: [owner] } : { only: false, ids: owners }
      if (rows > 0) roads.push({ gateway, rows, bodies })
    }
  }
  return roads
}

async function sendBy(ctx: Ctx, sender: Sender, open: readonly OpenRelease[], road: Road): Promise<number> {
  const now = ctx.clock.now()
  const rows = await claimBatch(ctx.db, open, road.rows, {
    channel: sender.channel,
    bodies: road.bodies,
    gatewayId: road.gateway?.id ?? null,
    now,
    leaseUntil: new Date(now.getTime() + LEASE_SECONDS * 1_000),
  })
  if (rows.length === 0) return 0
  const { moves, leaving, sendings } = await readyOf(ctx, rows, road.gateway)
  const outcomes = await outcomesOf(ctx, sender, sendings)
  const done = ctx.clock.now()
  moves.push(...leaving.map((row, at) => moveOf(row, outcomes[at] ?? UNSAID, sender, done)))
  await settleDeliveries(ctx.db, moves, done, road.gateway?.id ?? null)
  if (road.gateway) await noteDoings(ctx.db, road.gateway.id, doingsOf(outcomes), done)
  return rows.length
}

/** What may leave of claimed rows, each with its outlet and its words; the rest is void. */
async function readyOf(ctx: Ctx, rows: readonly Claimed[], gateway: Gateway | null) {
  const outlets = await outletsByIds(
    ctx.db,
    rows.map(({ outletId }) => outletId),
  )
  const moves: Move[] = []
  const leaving: Claimed[] = []
  const sendings: Sending[] = []
  for (const [releaseId, own] of Map.groupBy(rows, (row) => row.releaseId)) {
    const release = await releaseById(ctx.db, releaseId)
    const content = release && (await approvedContent(ctx.db, release.messageId, release.contentHash))
    // The approval is looked at again at the moment of the send, not only when the button was pressed.
    if (!release || !content || !(await mayLeave(ctx, release))) {
      moves.push(...own.map(voided))
      continue
    }
    const byId = new Map(content.renditions.map((rendition) => [rendition.id, rendition]))
    const { messageId, kind, ofReleaseId, lane } = release
    for (const row of own) {
      const outlet = outlets.get(row.outletId)
      if (!outlet) throw new Error(`Delivery ${row.id} has lost its outlet`)
      const renditions = row.renditions.flatMap((id) => byId.get(id) ?? [])
      const { id: deliveryId, recipientId, corrects, expiresAt, attempts: attempt } = row
      const of = {
        deliveryId,
        releaseId,
        messageId,
        ofReleaseId,
        kind,
        lane,
        recipientId,
        corrects,
        expiresAt,
        attempt,
      }
      sendings.push({ ...of, outlet, gateway, renditions })
      leaving.push(row)
    }
  }
  return { moves, leaving, sendings }
}

const UNSAID: Outcome = { kind: 'unknown', reason: 'no_answer' }

async function outcomesOf(ctx: Ctx, sender: Sender, sendings: readonly Sending[]): Promise<readonly Outcome[]> {
  if (sendings.length === 0) return []
  const signal = AbortSignal.timeout((LEASE_SECONDS - STOP_BEFORE_SECONDS) * 1_000)
  try {
    return await sender.send(ctx, sendings, signal)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.slice(0, 500) : 'thrown'
    // What can be done twice is done again later; what cannot is not known.
    const again: Outcome = {
      kind: 'postponed',
      until: new Date(ctx.clock.now().getTime() + LEASE_SECONDS * 1_000),
      reason,
      tried: true,
    }
    return sendings.map(() => (sender.repeatable ? again : { kind: 'unknown', reason }))
  }
}

export function voided({ releaseId, id, fence }: Claimed): Move {
  return { releaseId, id, fence, state: 'cancelled', event: 'void', reason: 'approval_void' }
}

function moveOf({ releaseId, id, fence, attempts }: Claimed, outcome: Outcome, sender: Sender, now: Date): Move {
  const move = { releaseId, id, fence }
  switch (outcome.kind) {
    case 'delivered':
    case 'accepted': {
      const refs = outcome.refs ?? (outcome.ref === undefined ? [] : [outcome.ref])
      return { ...move, state: outcome.kind, event: outcome.kind, refs }
    }
    case 'refused':
      return { ...move, state: 'failed', event: 'refused', reason: outcome.reason }
    case 'unknown': {
      const { reason, refs = [], parts = 1 } = outcome
      return { ...move, state: 'unknown', event: 'unknown', reason, refs, parts, ...askingOf(sender, now) }
    }
    case 'postponed': {
      // Each time later, up to an hour: who is overwhelmed is not helped by asking faster.
      const wait = Math.min(MOST_WAIT_SECONDS, 2 ** Math.min(attempts, 12)) * 1_000
      const dueAt = new Date(Math.max(outcome.until.getTime(), now.getTime() + wait))
      return { ...move, state: 'due', event: outcome.tried ? 'returned' : 'postponed', reason: outcome.reason, dueAt }
    }
  }
}

/** When the provider is asked about a row nobody knows of; where it cannot be asked a person must find out. */
function askingOf(sender: Sender, now: Date): Pick<Move, 'askAt' | 'askUntil'> {
  const askUntil = new Date(now.getTime() + ASK_FOR_HOURS * 3_600_000)
  return { askAt: sender.ask ? new Date(now.getTime() + ASK_AFTER_SECONDS * 1_000) : null, askUntil }
}

/** How a gateway did: a refusal is the fault of the row, an outcome put off or unknown that of the road. */
function doingsOf(outcomes: readonly Outcome[]) {
  const bad = outcomes.filter(({ kind }) => kind === 'postponed' || kind === 'unknown').length
  return { sent: outcomes.length, good: outcomes.length - bad, bad }
}
