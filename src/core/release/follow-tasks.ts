import type { Ctx } from '../kernel/index.ts'
import { whenTaskEnds, type Task } from '../task/index.ts'
import { deliveryOfTask } from './delivery.store.ts'
import { moveDeliveries } from './settle.store.ts'

/** A manual row closes with its task, in the same transaction: done with its proof, or taken back. The app calls it once. */
export function followDeliveryTasks(): void {
  whenTaskEnds('delivery', follow)
}

async function follow(ctx: Ctx, task: Task, ended: 'done' | 'withdrawn' | 'reopened'): Promise<void> {
  const row = await deliveryOfTask(ctx.db, task.id)
  if (!row) return
  const actor = ctx.actor.kind === 'person' ? ctx.actor.name : 'Loa'
  const now = ctx.clock.now()
  const which = { releaseId: row.releaseId, id: row.id }
  const from = ended === 'reopened' ? (['delivered'] as const) : (['accepted'] as const)
  const state = { done: 'delivered', withdrawn: 'cancelled', reopened: 'accepted' } as const
  await moveDeliveries(ctx.db, which, from, { state: state[ended], event: `task_${ended}`, reason: '', actor }, now)
}
