import * as v from 'valibot'
import { action, addDays, dayAt, idOf, job, type Id } from '../kernel/index.ts'
import { note } from './set-tasks.ts'
import { insertReminder, tasksToEscalate, tasksToRemind, updateTask } from './task.store.ts'

/** Days before the due day on which a task is called to mind. */
const REMIND_DAYS_BEFORE = [7, 3, 1, 0]
/** Days after the due day when the body above is told. */
const ESCALATE_AFTER_DAYS = 3

/** Calls open tasks to mind as their day comes near; one reminder a task and day, however often it runs. */
export const remindTasks = job('task.remind', {
  payload: v.object({}),
  every: '0 7 * * *',
  async run(ctx) {
    const today = dayAt(ctx.clock.now())
    const tasks = await tasksToRemind(
      ctx.db,
      REMIND_DAYS_BEFORE.map((days) => addDays(today, days)),
    )
    for (const task of tasks) {
      const left = REMIND_DAYS_BEFORE.find((days) => addDays(today, days) === task.dueOn) ?? 0
      await insertReminder(ctx.db, task.id, today, left)
    }
  },
})

/** Tells the body that set a task that it is overdue; once a task. */
export const escalateOverdueTasks = job('task.escalate', {
  payload: v.object({}),
  every: '15 7 * * *',
  async run(ctx) {
    const day = addDays(dayAt(ctx.clock.now()), -ESCALATE_AFTER_DAYS)
    for (const task of await tasksToEscalate(ctx.db, day, 1_000)) {
      await escalateTask(ctx, { taskId: task.id, to: task.assignedBy })
    }
  },
})

const escalateTask = action('task.escalate', {
  input: v.object({ taskId: idOf<'task'>(), to: idOf<'organisation'>() }),
  may: { who: 'system' },
  records: ({ taskId, to }: { taskId: Id<'task'>; to: Id<'organisation'> }) => ({
    subject: 'task',
    subjectId: taskId,
    facts: { to },
  }),
  async run(ctx, { taskId, to }) {
    await updateTask(ctx.db, taskId, { escalatedTo: to })
    await note(ctx, taskId, 'escalated', '')
  },
})
