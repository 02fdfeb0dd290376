import type { Ctx, Id } from '#core/kernel/index.ts'
import { itemById } from '#core/plan/index.ts'
import { taskById, type Task } from '#core/task/index.ts'
import { paths } from '#web/paths.ts'

/**
 * Path to the words of the plan that a task comes from: that of the whole, for a part that was given on. It is the plan
 * that laid the duty, which an amended plan may have followed. Null for a task that comes of no plan.
 */
export async function clauseOf(ctx: Ctx, task: Task): Promise<string | null> {
  let whole: Task | null = task
  while (whole?.parentId) whole = await taskById(ctx.db, whole.parentId)
  if (whole?.originKind !== 'plan_duty' || whole.originId === null) return null
  const item = await itemById(ctx.db, whole.originId as Id<'plan_item'>)
  return item && `${paths.plan(item.planId)}#${item.span ? 'span' : 'item'}-${item.id}`
}
