import * as v from 'valibot'
import { action, DaySchema, idOf, newId, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { DOERS } from './do-task.ts'
import { actorName, note, taskToChange } from './set-tasks.ts'
import { insertEvents } from './task-record.store.ts'
import { childrenOfTask, insertTasks, taskById } from './task.store.ts'
import { titleOf, type Task } from './task.ts'

/** Gives parts of a task to bodies below, one task each; the task is done when its parts are. Answers how many are new. */
export const cascadeTask = action('task.cascade', {
  input: v.object({
    taskId: idOf<'task'>(),
    organisationIds: v.pipe(v.array(idOf<'organisation'>()), v.minLength(1), v.maxLength(500)),
    detail: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(8_000)), ''),
    dueOn: v.nullish(DaySchema, null),
  }),
  may: {
    who: 'roles',
    roles: DOERS,
    within: async (ctx, { taskId }) => (await taskById(ctx.db, taskId))?.organisationId ?? null,
  },
  records: ({ taskId }, count: number) => ({ subject: 'task', subjectId: taskId, facts: { count } }),
  async run(ctx, { taskId, organisationIds, detail, dueOn }) {
    const task = await taskToChange(ctx, taskId, 'cascade')
    if (task.dueOn !== null && dueOn !== null && dueOn > task.dueOn)
      throw new Refusal('task.due_after_whole', {}, 'dueOn')
    await refuseNotBelow(ctx, task.organisationId, organisationIds)
    const now = ctx.clock.now()
    const parts = organisationIds.map((organisationId): Task => ({
      ...task,
      id: newId<'task'>(),
      originKind: 'task',
      originId: task.id,
      originKey: `${task.id}>${organisationId}`,
      title: titleOf(detail || task.detail),
      detail: detail || task.detail,
      dueOn: dueOn ?? task.dueOn,
      organisationId,
      assignedBy: task.organisationId,
      parentId: task.id,
      state: 'set',
      escalatedTo: null,
      setAt: now,
      revision: 1,
    }))
    const ids = await insertTasks(ctx.db, parts)
    await insertEvents(
      ctx.db,
      ids.map((id) => ({ taskId: id, at: now, kind: 'set', actor: actorName(ctx), note: '' })),
    )
    await note(ctx, taskId, 'cascaded', String(ids.length))
    return ids.length
  },
})

export interface Gathered {
  readonly all: number
  readonly done: number
  readonly withdrawn: number
  readonly open: number
}

/** How the parts of a task stand: `all = done + withdrawn + open`. */
export async function gather(ctx: Ctx, taskId: Id<'task'>): Promise<Gathered> {
  const parts = await childrenOfTask(ctx.db, taskId)
  const count = (state: Task['state']) => parts.filter((part) => part.state === state).length
  const [done, withdrawn] = [count('done'), count('withdrawn')]
  return { all: parts.length, done, withdrawn, open: parts.length - done - withdrawn }
}

async function refuseNotBelow(
  ctx: Ctx,
  whole: Id<'organisation'>,
  parts: readonly Id<'organisation'>[],
): Promise<void> {
  for (const part of parts) {
    const above = await ctx.hierarchy.above(ctx.db, part)
    if (part === whole || !above.has(whole)) throw new Refusal('task.not_below', {}, 'organisationIds')
  }
}
