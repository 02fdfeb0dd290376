import * as v from 'valibot'
import { action, DaySchema, idOf, newId, Refusal, refuseIf, type Ctx, type Id, type Role } from '../kernel/index.ts'
import { insertEvents } from './task-record.store.ts'
import { insertTasks, lockTask, taskById, updateTask } from './task.store.ts'
import { titleOf, whyNotTask, type Task } from './task.ts'

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
  may: { who: 'roles', roles: SETTERS },
  records: (_input, ids: Id<'task'>[]) =>
    ids.length > 0 ? { subject: 'task', subjectId: null, facts: { count: ids.length } } : null,
  async run(ctx, { tasks }) {
    const now = ctx.clock.now()
    const rows: Task[] = tasks.map((given) => ({
      ...given,
      id: newId<'task'>(),
      title: titleOf(given.detail),
      parentId: null,
      state: 'set',
      escalatedTo: null,
      setAt: now,
      revision: 1,
    }))
    const ids = await insertTasks(ctx.db, rows)
    await insertEvents(
      ctx.db,
      ids.map((taskId) => ({ taskId, at: now, kind: 'set', actor: actorName(ctx), note: '' })),
    )
    return ids
  },
})

/** Issues a task again with other words or another day: it goes back to *set*, and its history stays. */
export const amendTask = action('task.amend', {
  input: v.object({ ...Content, taskId: idOf<'task'>() }),
  may: { who: 'roles', roles: SETTERS, within: setterOf },
  records: ({ taskId }) => ({ subject: 'task', subjectId: taskId, facts: {} }),
  async run(ctx, { taskId, ...content }) {
    const task = await taskToChange(ctx, taskId, 'amend')
    await updateTask(ctx.db, taskId, { ...content, title: titleOf(content.detail), state: 'set', escalatedTo: null })
    await note(ctx, taskId, 'amended', task.detail === content.detail ? '' : task.detail)
  },
})

/** Takes a task back: nobody has to do it any more; it stays in the record. */
export const withdrawTask = action('task.withdraw', {
  input: v.object({ taskId: idOf<'task'>(), reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000)) }),
  may: { who: 'roles', roles: SETTERS, within: setterOf },
  records: ({ taskId }) => ({ subject: 'task', subjectId: taskId, facts: {} }),
  async run(ctx, { taskId, reason }) {
    await taskToChange(ctx, taskId, 'withdraw')
    await updateTask(ctx.db, taskId, { state: 'withdrawn' })
    await note(ctx, taskId, 'withdrawn', reason)
  },
})

/** The organisation that set the task: who sits there may amend it and take it back. */
async function setterOf(ctx: Ctx, { taskId }: { readonly taskId: Id<'task'> }): Promise<Id<'organisation'> | null> {
  return (await taskById(ctx.db, taskId))?.assignedBy ?? null
}

/** The task, locked, in a state that allows the deed. @throws Refusal. */
export async function taskToChange(
  ctx: Ctx,
  taskId: Id<'task'>,
  deed: Parameters<typeof whyNotTask>[1],
): Promise<Task> {
  const task = await lockTask(ctx.db, taskId)
  if (!task) throw new Refusal('task.not_found')
  refuseIf(whyNotTask(task, deed))
  return task
}

export function note(ctx: Ctx, taskId: Id<'task'>, kind: string, words: string): Promise<void> {
  return insertEvents(ctx.db, [{ taskId, at: ctx.clock.now(), kind, actor: actorName(ctx), note: words }])
}

export function actorName(ctx: Ctx): string {
  return ctx.actor.kind === 'nobody' ? '' : ctx.actor.name
}
