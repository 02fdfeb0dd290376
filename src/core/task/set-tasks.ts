import * as v from 'valibot'
import { action, DaySchema, idOf, newId, Refusal, type Id, type Role } from '../kernel/index.ts'
import { DOERS, note, noteAll, OneTask, reason, setterOf, taskToChange, withdrawParts } from './change-task.ts'
import { insertTasks, updateTask } from './task.store.ts'
import { tellTaskEnded } from './task-ended.ts'
import { titleOf, type Task } from './task.ts'

const texts = v.optional(v.array(v.pipe(v.string(), v.maxLength(300))), [])

const Content = {
  originKind: v.pipe(v.string(), v.minLength(1)),
  originId: v.nullish(v.pipe(v.string(), v.uuid()), null),
  originKey: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
  campaignId: v.nullish(v.pipe(v.string(), v.uuid()), null),
  clause: v.optional(v.string(), ''),
  detail: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(8_000)),
  role: v.picklist(['lead', 'coordinate', 'all']),
  mode: v.picklist(['ordered', 'asked']),
  channels: texts,
  outputs: texts,
  dueOn: v.nullish(DaySchema, null),
  dueWords: v.nullish(v.string(), null),
  rhythm: v.nullish(v.string(), null),
  assignedBy: idOf<'organisation'>(),
}

const SETTERS: readonly Role[] = ['campaign_officer', 'leader', 'administrator']

/** Sets tasks, one row each; a task whose origin key stands already is left as it is. Answers the ids of the new ones. */
export const setTasks = action('task.set', {
  input: v.object({ tasks: v.array(v.object({ ...Content, organisationId: idOf<'organisation'>() })) }),
  may: { who: 'roles', roles: SETTERS, within: (_ctx, { tasks }) => tasks[0]?.assignedBy ?? null },
  records: (_input, ids: Id<'task'>[]) =>
    ids.length > 0 ? { subject: 'task', subjectId: null, facts: { count: ids.length } } : null,
  async run(ctx, { tasks }) {
    if (tasks.some((task) => task.assignedBy !== tasks[0]?.assignedBy)) throw new Refusal('task.one_setter')
    const rows: Task[] = tasks.map((given) => ({
      ...given,
      id: newId<'task'>(),
      title: titleOf(given.detail),
      parentId: null,
      state: 'set',
      escalatedTo: null,
      setAt: ctx.clock.now(),
      revision: 1,
    }))
    const ids = await insertTasks(ctx.db, rows)
    await noteAll(ctx, ids, 'set')
    return ids
  },
})

/**
 * Issues a task again with other words or another day: it goes back to *set*, and its history stays. What is open of
 * its parts is taken back: the body gives parts of the new words on.
 */
export const amendTask = action('task.amend', {
  input: v.object({ ...Content, taskId: idOf<'task'>() }),
  may: { who: 'roles', roles: SETTERS, within: setterOf },
  records: ({ taskId }, parts: number) => ({ subject: 'task', subjectId: taskId, facts: { parts } }),
  async run(ctx, { taskId, ...content }) {
    const task = await taskToChange(ctx, { taskId }, 'amend')
    await updateTask(ctx.db, taskId, { ...content, title: titleOf(content.detail), state: 'set', escalatedTo: null })
    await note(ctx, taskId, 'amended', task.detail === content.detail ? '' : task.detail, {
      dueBefore: task.dueOn === content.dueOn ? null : task.dueOn,
    })
    return withdrawParts(ctx, taskId, 'whole_amended')
  },
})

/** Takes a task back with its open parts: nobody has to do it any more; it stays in the record. */
export const withdrawTask = action('task.withdraw', {
  input: v.object({ ...OneTask.entries, reason }),
  may: { who: 'roles', roles: SETTERS, within: setterOf },
  records: ({ taskId }, parts: number) => ({ subject: 'task', subjectId: taskId, facts: { parts } }),
  async run(ctx, input) {
    const task = await taskToChange(ctx, input, 'withdraw')
    await updateTask(ctx.db, input.taskId, { state: 'withdrawn' })
    await note(ctx, input.taskId, 'withdrawn', input.reason)
    await tellTaskEnded(ctx, task, 'withdrawn')
    return withdrawParts(ctx, input.taskId, 'whole_withdrawn')
  },
})

/** Does without one part: who gave it on says why, and the whole can be done without it. */
export const waivePart = action('task.waive', {
  input: v.object({ ...OneTask.entries, reason }),
  may: { who: 'roles', roles: DOERS, within: setterOf },
  records: ({ taskId }, parts: number) => ({ subject: 'task', subjectId: taskId, facts: { parts } }),
  async run(ctx, input) {
    const task = await taskToChange(ctx, input, 'withdraw')
    if (task.parentId === null) throw new Refusal('task.not_a_part')
    await updateTask(ctx.db, input.taskId, { state: 'withdrawn' })
    await note(ctx, input.taskId, 'waived', input.reason)
    return withdrawParts(ctx, input.taskId, 'whole_withdrawn')
  },
})

/** Who set a task and got it back gives it again to the same body, with an answer to its reason. */
export const reissueTask = action('task.reissue', {
  input: v.object({ ...OneTask.entries, reason }),
  may: { who: 'roles', roles: DOERS, within: setterOf },
  records: ({ taskId }) => ({ subject: 'task', subjectId: taskId, facts: {} }),
  async run(ctx, input) {
    await taskToChange(ctx, input, 'reissue')
    await updateTask(ctx.db, input.taskId, { state: 'set' })
    await note(ctx, input.taskId, 'reissued', input.reason)
  },
})
