import * as v from 'valibot'
import { action, DaySchema, idOf, newId, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { doerOf, DOERS, note, noteAll, OneTask, taskToChange } from './change-task.ts'
import { childrenOfTask, insertTasks, updateTask } from './task.store.ts'
import { titleOf, type Task } from './task.ts'

/**
 * Gives parts of a task to bodies below, one task each; the task is done when its parts are. A part that stands is left
 * as it is, one that was withdrawn is issued again. Answers how many were given.
 */
export const cascadeTask = action('task.cascade', {
  input: v.object({
    ...OneTask.entries,
    organisationIds: v.pipe(v.array(idOf<'organisation'>()), v.minLength(1), v.maxLength(500)),
    detail: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(8_000)), ''),
    dueOn: v.nullish(DaySchema, null),
  }),
  may: { who: 'roles', roles: DOERS, within: doerOf },
  records: ({ taskId }, count: number) => ({ subject: 'task', subjectId: taskId, facts: { count } }),
  async run(ctx, { organisationIds, detail, dueOn, ...input }) {
    const task = await taskToChange(ctx, input, 'cascade')
    if (task.dueOn !== null && dueOn !== null && dueOn > task.dueOn)
      throw new Refusal('task.due_after_whole', {}, 'dueOn')
    await refuseNotBelow(ctx, task.organisationId, organisationIds)
    const content = { title: titleOf(detail || task.detail), detail: detail || task.detail, dueOn: dueOn ?? task.dueOn }
    const again = await issueAgain(ctx, task.id, organisationIds, content)
    const ids = await insertTasks(
      ctx.db,
      organisationIds.map((organisationId) => partOf(task, organisationId, content, ctx.clock.now())),
    )
    await noteAll(ctx, ids, 'set')
    const count = ids.length + again
    if (count > 0) await note(ctx, task.id, 'cascaded', String(count))
    return count
  },
})

type Content = Pick<Task, 'title' | 'detail' | 'dueOn'>

function partOf(whole: Task, organisationId: Id<'organisation'>, content: Content, setAt: Date): Task {
  return {
    ...whole,
    ...content,
    id: newId<'task'>(),
    originKind: 'task',
    originId: whole.id,
    originKey: `${whole.id}>${organisationId}`,
    organisationId,
    assignedBy: whole.organisationId,
    parentId: whole.id,
    state: 'set',
    escalatedTo: null,
    setAt,
    revision: 1,
  }
}

async function issueAgain(
  ctx: Ctx,
  wholeId: Id<'task'>,
  bodies: readonly Id<'organisation'>[],
  content: Content,
): Promise<number> {
  const keys = new Set(bodies.map((body) => `${wholeId}>${body}`))
  const withdrawn = (await childrenOfTask(ctx.db, wholeId)).filter(
    (part) => part.state === 'withdrawn' && keys.has(part.originKey),
  )
  for (const part of withdrawn) {
    const organisationId = bodies.find((body) => part.originKey.endsWith(body)) ?? part.organisationId
    await updateTask(ctx.db, part.id, { ...content, organisationId, state: 'set', escalatedTo: null })
    await note(ctx, part.id, 'amended', part.detail === content.detail ? '' : part.detail, {
      dueBefore: part.dueOn === content.dueOn ? null : part.dueOn,
    })
  }
  return withdrawn.length
}

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
