import type { Ctx, Id } from '../kernel/index.ts'
import { setTasks } from './set-tasks.ts'
import { taskById } from './task.store.ts'
import type { Task } from './task.ts'

interface Given {
  readonly organisationId: Id<'organisation'>
  readonly assignedBy: Id<'organisation'>
  readonly dueOn?: string | null
  readonly channels?: string[]
  readonly detail?: string
  readonly originId?: string
}

let number = 0

/** A task of its own origin, set and waiting to be accepted; `ctx` must be one that may set tasks. */
export async function buildTask(ctx: Ctx, given: Given): Promise<Task> {
  const [id] = await setTasks(ctx, {
    tasks: [
      {
        originKind: 'test',
        originKey: `test:${++number}`,
        detail: 'Treo băng rôn tại chợ phiên, trường học; báo cáo kết quả.',
        role: 'all',
        mode: 'ordered',
        ...given,
      },
    ],
  })
  const task = id ? await taskById(ctx.db, id) : null
  if (!task) throw new Error('the task was not set')
  return task
}
