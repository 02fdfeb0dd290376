import { asSystem, type Ctx } from '../kernel/index.ts'
import {
  acceptTask,
  attachOutput,
  childrenOfTask,
  finishTask,
  outputsOf,
  removeOutput,
  reopenTask,
  taskById,
  whyNotFinish,
  whyNotTask,
  type Task,
} from '../task/index.ts'
import type { Activity } from './activity.ts'

/**
 * Attaches an activity to the task it proves, and reports the task done where it does it. Whoever sends proof of a task
 * has taken it on. What stands in the way of finishing, as open parts below, leaves it open: the proof is kept.
 */
export async function closeTask(
  ctx: Ctx,
  task: Task,
  { id, spot }: Pick<Activity, 'id' | 'spot'>,
  { name, finishes }: { readonly name: string; readonly finishes: boolean },
): Promise<void> {
  const { id: taskId } = task
  if (task.state === 'set') await acceptTask(ctx, { taskId })
  if (whyNotTask((await taskById(ctx.db, taskId)) ?? task, 'attach')) return
  const title = [name, spot].filter(Boolean).join(' – ')
  const attached = (await outputsOf(ctx.db, taskId)).some(({ kind, value }) => kind === 'activity' && value === id)
  if (!attached) await attachOutput(ctx, { taskId, kind: 'activity', title, value: id })
  if (!finishes) return
  const standing = await taskById(ctx.db, taskId)
  const outputs = await outputsOf(ctx.db, taskId)
  if (!standing || whyNotFinish(standing, outputs.length, await childrenOfTask(ctx.db, taskId))) return
  await finishTask(ctx, { taskId })
}

/** An activity that was returned or taken back proves nothing: its task is opened again, with the reason. */
export async function reopenProvedTask(
  ctx: Ctx,
  { id, taskId }: Pick<Activity, 'id' | 'taskId'>,
  reason: string,
  { detach }: { readonly detach: boolean },
): Promise<void> {
  const task = taskId && (await taskById(ctx.db, taskId))
  if (!task) return
  // Who returns it stands above and need not be one who does the tasks of the body.
  const own = asSystem(ctx, 'evidence.return')
  if (!whyNotTask(task, 'reopen')) await reopenTask(own, { taskId: task.id, reason })
  if (!detach) return
  const output = (await outputsOf(ctx.db, task.id)).find(({ kind, value }) => kind === 'activity' && value === id)
  const standing = await taskById(ctx.db, task.id)
  if (output && standing && !whyNotTask(standing, 'attach')) {
    await removeOutput(own, { taskId: task.id, outputId: output.id })
  }
}
