import { CHANNELS } from '../channel/index.ts'
import { asSystem, dayAt, Refusal, type Ctx } from '../kernel/index.ts'
import { outletsByIds } from '../outlet/index.ts'
import { approvedContent } from '../review/index.ts'
import { setTasks, tasksByOriginKey, withdrawTask } from '../task/index.ts'
import { claimBatch } from './claim-batch.ts'
import type { Claimed } from './claim.store.ts'
import { openReleases } from './claim.store.ts'
import { tasksBefore } from './follow.store.ts'
import { tellHandedOver, type HandedRow } from './handed-over.ts'
import { mayLeave } from './may-leave.ts'
import { releaseById } from './release.store.ts'
import { LANES, type OpenRelease, type Release } from './release.ts'
import { voided } from './send-batch.ts'
import { settleDeliveries, type Move } from './settle.store.ts'
import { LEASE_SECONDS } from './times.ts'

const AT_ONCE = 100

/** Manual rows become tasks: claimed, set and accepted in one transaction, so that no death leaves a half. */
export async function handToPeople(ctx: Ctx): Promise<number> {
  const own = asSystem(ctx, 'ledger')
  const wanted = { means: 'manual' as const, channels: CHANNELS, upToLane: LANES.length - 1, now: own.clock.now() }
  const open = await openReleases(own.db, wanted)
  let moved = 0
  for (const channel of Map.groupBy(open, (one) => one.channel).values()) moved += await hand(own, channel)
  return moved
}

/** Hands over a batch of what is due by one channel. */
async function hand(ctx: Ctx, open: readonly OpenRelease[]): Promise<number> {
  const channel = open[0]?.channel
  if (!channel) return 0
  return ctx.db.transaction().execute(async (db) => {
    const inside = { ...ctx, db, inTransaction: true }
    const now = ctx.clock.now()
    const rows = await claimBatch(db, open, AT_ONCE, {
      channel,
      bodies: { only: false, ids: [] },
      gatewayId: null,
      now,
      leaseUntil: new Date(now.getTime() + LEASE_SECONDS * 1_000),
    })
    const moves: Move[] = []
    for (const [releaseId, own] of Map.groupBy(rows, (row) => row.releaseId)) {
      const release = await releaseById(db, releaseId)
      if (!release || !(await mayLeave(inside, release))) moves.push(...own.map(voided))
      else {
        moves.push(...(await asTasks(inside, release, own)))
        await tellHandedOver(inside, channel, () => withWords(inside, release, own))
      }
    }
    return settleDeliveries(db, moves, ctx.clock.now())
  })
}

async function withWords(ctx: Ctx, release: Release, rows: readonly Claimed[]): Promise<HandedRow[]> {
  const content = await approvedContent(ctx.db, release.messageId, release.contentHash)
  const byId = new Map(content?.renditions.map((rendition) => [rendition.id, rendition]))
  return rows.map((delivery) => {
    const renditions = delivery.renditions.flatMap((id) => byId.get(id) ?? [])
    return { release, delivery, renditions }
  })
}

async function asTasks(ctx: Ctx, release: Release, rows: readonly Claimed[]): Promise<Move[]> {
  await takeBackTasks(ctx, release, rows)
  const keyOf = (row: Claimed) => `delivery:${row.id}`
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

/** What the old words asked of people and nobody has done yet is not to be done any more: the new task takes its place. */
async function takeBackTasks(ctx: Ctx, { ofReleaseId, kind }: Release, rows: readonly Claimed[]): Promise<void> {
  if (ofReleaseId === null) return
  for (const taskId of await tasksBefore(ctx.db, ofReleaseId, rows)) {
    try {
      await withdrawTask(ctx, { taskId, reason: `release_${kind}` })
    } catch (thrown) {
      // Somebody was faster and has done it, or given it back: that stands.
      if (!(thrown instanceof Refusal)) throw thrown
    }
  }
}
