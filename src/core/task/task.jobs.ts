import * as v from 'valibot'
import { action, addDays, dayAt, idOf, job, type Ctx, type Day, type Id } from '../kernel/index.ts'
import { carriesDuty, organisationsWhere } from '../organisation/index.ts'
import { note } from './change-task.ts'
import { insertReminder, lockTask, tasksToEscalate, tasksToRemind, updateTask } from './task.store.ts'
import { isOpen, type Task } from './task.ts'

/** Days before the due day on which a task is called to mind. */
const REMIND_DAYS_BEFORE = [7, 3, 1, 0]
/** Days after the due day when the body above is told. */
const ESCALATE_AFTER_DAYS = 3
const BATCH = 500

/** Calls open tasks to mind as their day comes near; one reminder a task and day, however often it runs. */
export const remindTasks = job('task.remind', {
  payload: v.object({}),
  every: '0 7 * * *',
  async run(ctx) {
    const today = dayAt(ctx.clock.now())
    for (const days of REMIND_DAYS_BEFORE) {
      for (const task of await tasksToRemind(ctx.db, [addDays(today, days)])) {
        await insertReminder(ctx.db, task.id, today, days)
      }
    }
  },
})

/** Tells the superior body of a task that is some days overdue; once a task, and the history says whom. */
export const escalateOverdueTasks = job('task.escalate', {
  payload: v.object({}),
  every: '15 7 * * *',
  async run(ctx) {
    const today = dayAt(ctx.clock.now())
    const superiors = new Map<string, Id<'organisation'> | null>()
    for (;;) {
      const tasks = await tasksToEscalate(ctx.db, addDays(today, -ESCALATE_AFTER_DAYS), BATCH)
      for (const task of tasks) {
        const known = superiors.get(task.organisationId)
        const superior = known === undefined ? await superiorOf(ctx, task, today) : known
        superiors.set(task.organisationId, superior)
        await escalateTask(ctx, { taskId: task.id, to: superior ?? task.assignedBy })
      }
      if (tasks.length < BATCH) return
    }
  },
})

/** The body above the one that has the task, or who carries its duty by now; null when nobody is above. */
async function superiorOf(ctx: Ctx, task: Task, today: Day): Promise<Id<'organisation'> | null> {
  const [body] = await organisationsWhere(ctx.db, [task.organisationId])
  const [superior] = body?.parentId ? await organisationsWhere(ctx.db, [body.parentId]) : []
  const [carrier] = superior ? await carriesDuty(ctx.db, superior.code, today) : []
  return carrier?.id ?? null
}

const escalateTask = action('task.escalate', {
  input: v.object({ taskId: idOf<'task'>(), to: idOf<'organisation'>() }),
  may: { who: 'system' },
  records: ({ taskId, to }, escalated: boolean) =>
    escalated ? { subject: 'task', subjectId: taskId, facts: { to } } : null,
  async run(ctx, { taskId, to }) {
    const task = await lockTask(ctx.db, taskId)
    // Another run of the job was here, or the task was done meanwhile.
    if (!task || task.escalatedTo !== null || !isOpen(task)) return false
    await updateTask(ctx.db, taskId, { escalatedTo: to })
    await note(ctx, taskId, 'escalated', '', { toId: to })
    return true
  },
})
