import type { ChannelKey } from '../channel/index.ts'
import { asSystem, dayAt, type Ctx } from '../kernel/index.ts'
import { approvedContent } from '../review/index.ts'
import { outletsByIds } from '../outlet/index.ts'
import { setTasks, tasksByOriginKey } from '../task/index.ts'
import {
  cancelStopped,
  claimDeliveries,
  expireDeliveries,
  freeDeadClaims,
  settleDeliveries,
  type Move,
} from './ledger.store.ts'
import { standsApproved } from './press-release.ts'
import { releaseById } from './release.store.ts'
import type { Delivery, Release } from './release.ts'
import type { Outcome, Sender, Sending } from './sender.ts'

/** Seconds a worker holds a row before others may take it for dead. */
const LEASE_SECONDS = 60
/** A row that is put off again and again is tried at least this often, until it expires. */
const MOST_WAIT_SECONDS = 3_600
const MANUAL_AT_ONCE = 100

const senders = new Map<ChannelKey, Sender>()

/** Registers how a channel sends to machines; the app calls it once for each. */
export function sendWith(sender: Sender): void {
  senders.set(sender.channel, sender)
}

/**
 * One round of the ledger: closes what is over, frees what dead workers held, sends what is due. Answers how many rows
 * moved; 0 when there is nothing to do now. Any number of workers may do this at once.
 */
export async function workLedger(ctx: Ctx): Promise<number> {
  const own = asSystem(ctx, 'ledger')
  const now = own.clock.now()
  const repeatable = [...senders.values()].filter((sender) => sender.repeatable).map(({ channel }) => channel)
  let moved = await expireDeliveries(own.db, now)
  moved += await freeDeadClaims(own.db, repeatable, now)
  moved += await cancelStopped(own.db, now)
  moved += await handToPeople(own)
  for (const sender of senders.values()) moved += await sendBatch(own, sender)
  return moved
}

/** Manual rows become tasks: claimed, set and accepted in one transaction, so that no death leaves a half. */
async function handToPeople(ctx: Ctx): Promise<number> {
  return ctx.db.transaction().execute(async (db) => {
    const inside = { ...ctx, db, inTransaction: true }
    const rows = await claim(inside, null, 'manual', MANUAL_AT_ONCE)
    const moves: Move[] = []
    for (const [releaseId, own] of Map.groupBy(rows, (row) => row.releaseId)) {
      const release = await releaseById(db, releaseId)
      if (!release || !(await mayLeave(inside, release))) moves.push(...own.map(voided))
      else moves.push(...(await asTasks(inside, release, own)))
    }
    return settleDeliveries(db, moves, ctx.clock.now())
  })
}

async function asTasks(ctx: Ctx, release: Release, rows: readonly Delivery[]): Promise<Move[]> {
  const keyOf = (row: Delivery) => `delivery:${row.id}`
  const dueOn = release.endsAt ? dayAt(release.endsAt) : null
  const outlets = await outletsByIds(
    ctx.db,
    rows.map(({ outletId }) => outletId),
  )
  await setTasks(ctx, {
    tasks: rows.map((row) => ({
      originKind: 'delivery',
      originId: row.id,
      originKey: keyOf(row),
      campaignId: release.campaignId,
      detail: `${release.words} – ${outlets.get(row.outletId)?.name ?? ''}`,
      role: 'lead' as const,
      mode: 'ordered' as const,
      channels: [row.channel],
      dueOn,
      assignedBy: release.organisationId,
      organisationId: row.organisationId,
    })),
  })
  const tasks = new Map((await tasksByOriginKey(ctx.db, rows.map(keyOf))).map((task) => [task.originKey, task.id]))
  return rows.map((row) => {
    const { releaseId, id, fence } = row
    return { releaseId, id, fence, state: 'accepted', event: 'handed', taskId: tasks.get(keyOf(row)) ?? null }
  })
}

/** Claims in one transaction, sends outside of any, writes what came of it where the claim still holds. */
async function sendBatch(ctx: Ctx, sender: Sender): Promise<number> {
  const rows = await claim(ctx, sender.channel, 'machine', sender.batch)
  if (rows.length === 0) return 0
  const outlets = await outletsByIds(
    ctx.db,
    rows.map(({ outletId }) => outletId),
  )
  const moves: Move[] = []
  const leaving: Delivery[] = []
  const sendings: Sending[] = []
  for (const [releaseId, own] of Map.groupBy(rows, (row) => row.releaseId)) {
    const release = await releaseById(ctx.db, releaseId)
    const content = release && (await approvedContent(ctx.db, release.messageId, release.contentHash))
    // The approval is looked at again at the moment of the send, not only when the button was pressed.
    if (!release || !content || !(await mayLeave(ctx, release))) {
      moves.push(...own.map(voided))
      continue
    }
    for (const row of own) {
      const outlet = outlets.get(row.outletId)
      if (!outlet) throw new Error(`Delivery ${row.id} has lost its outlet`)
      const renditions = content.renditions.filter(({ id }) => row.renditions.some((given) => given === id))
      const { messageId, kind } = release
      sendings.push({ deliveryId: row.id, releaseId, messageId, kind, outlet, renditions })
      leaving.push(row)
    }
  }
  const outcomes = await outcomesOf(ctx, sender, sendings)
  moves.push(...leaving.map((row, at) => moveOf(row, outcomes[at] ?? UNSAID, ctx.clock.now())))
  await settleDeliveries(ctx.db, moves, ctx.clock.now())
  return rows.length
}

const UNSAID: Outcome = { kind: 'unknown', reason: 'no_answer' }

async function outcomesOf(ctx: Ctx, sender: Sender, sendings: readonly Sending[]): Promise<readonly Outcome[]> {
  if (sendings.length === 0) return []
  try {
    return await sender.send(ctx, sendings)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.slice(0, 500) : 'thrown'
    // What can be done twice is done again later; what cannot is not known.
    const again: Outcome = {
      kind: 'postponed',
      until: new Date(ctx.clock.now().getTime() + LEASE_SECONDS * 1_000),
      reason,
    }
    return sendings.map(() => (sender.repeatable ? again : { kind: 'unknown', reason }))
  }
}

function claim(ctx: Ctx, channel: ChannelKey | null, means: 'machine' | 'manual', limit: number): Promise<Delivery[]> {
  const now = ctx.clock.now()
  const leaseUntil = new Date(now.getTime() + LEASE_SECONDS * 1_000)
  return claimDeliveries(ctx.db, { channel, means, limit, now, leaseUntil })
}

/** A recall may always leave: it takes back what once was approved. */
async function mayLeave(ctx: Ctx, release: Release): Promise<boolean> {
  return release.kind === 'recall' || standsApproved(ctx, release)
}

function voided({ releaseId, id, fence }: Delivery): Move {
  return { releaseId, id, fence, state: 'cancelled', event: 'void', reason: 'approval_void' }
}

function moveOf({ releaseId, id, fence, attempts }: Delivery, outcome: Outcome, now: Date): Move {
  const move = { releaseId, id, fence }
  switch (outcome.kind) {
    case 'delivered':
    case 'accepted':
      return { ...move, state: outcome.kind, event: outcome.kind, ref: outcome.ref ?? null }
    case 'refused':
      return { ...move, state: 'failed', event: 'refused', reason: outcome.reason }
    case 'unknown':
      return { ...move, state: 'unknown', event: 'unknown', reason: outcome.reason }
    case 'postponed': {
      // Each time later, up to an hour: who is overwhelmed is not helped by asking faster.
      const wait = Math.min(MOST_WAIT_SECONDS, 2 ** Math.min(attempts, 12)) * 1_000
      const dueAt = new Date(Math.max(outcome.until.getTime(), now.getTime() + wait))
      return { ...move, state: 'due', event: 'postponed', reason: outcome.reason, dueAt }
    }
  }
}
