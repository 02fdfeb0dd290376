import * as v from 'valibot'
import { idOf, Refusal, refuseIf, type Ctx, type Id, type Role } from '../kernel/index.ts'
import { insertEvents } from './task-record.store.ts'
import { childrenOfTask, lockTask, taskById, updateTask } from './task.store.ts'
import { isOpen, whyNotTask, type Task, type TaskDeed, type TaskEvent } from './task.ts'

/** Roles that act on their organisation's tasks. */
export const DOERS: readonly Role[] = [
  'administrator',
  'campaign_officer',
  'leader',
  'content_officer',
  'licence_officer',
  'press_officer',
  'field_officer',
]

/** Which task; with `revision`, only as the person saw it. */
export const OneTask = v.object({ taskId: idOf<'task'>(), revision: v.nullish(v.number(), null) })
export const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000))

interface Which {
  readonly taskId: Id<'task'>
  readonly revision?: number | null
}

/** The organisation that has to do the task. */
export async function doerOf(ctx: Ctx, { taskId }: Which): Promise<Id<'organisation'> | null> {
  return (await taskById(ctx.db, taskId))?.organisationId ?? null
}

/** The organisation that set the task: who sits there may amend it and take it back. */
export async function setterOf(ctx: Ctx, { taskId }: Which): Promise<Id<'organisation'> | null> {
  return (await taskById(ctx.db, taskId))?.assignedBy ?? null
}

/** Where the task lies now: with who must do it, or, given back, with who set it. */
export async function holderOf(ctx: Ctx, { taskId }: Which): Promise<Id<'organisation'> | null> {
  const task = await taskById(ctx.db, taskId)
  if (!task) return null
  return task.state === 'returned' ? task.assignedBy : task.organisationId
}

/**
 * The task, locked for the rest of the transaction.
 *
 * @throws Refusal `task.not_found`, `task.changed` when somebody was faster, `task.is_…` when its state forbids the deed.
 */
export async function taskToChange(ctx: Ctx, { taskId, revision }: Which, deed: TaskDeed): Promise<Task> {
  const task = await lockTask(ctx.db, taskId)
  if (!task) throw new Refusal('task.not_found')
  refuseIf(whyNotTask(task, deed))
  if (typeof revision === 'number' && revision !== task.revision) throw new Refusal('task.changed')
  return task
}

/** Takes back what is open of the parts below, and of theirs. Answers how many. */
export async function withdrawParts(ctx: Ctx, taskId: Id<'task'>, words: string): Promise<number> {
  let count = 0
  for (const part of await childrenOfTask(ctx.db, taskId)) {
    if (!isOpen(part)) continue
    await updateTask(ctx.db, part.id, { state: 'withdrawn' })
    await note(ctx, part.id, 'withdrawn', words)
    count += 1 + (await withdrawParts(ctx, part.id, words))
  }
  return count
}

type More = Partial<Pick<TaskEvent, 'fromId' | 'toId' | 'dueBefore'>>

export function note(ctx: Ctx, taskId: Id<'task'>, kind: string, words: string, more: More = {}): Promise<void> {
  return noteAll(ctx, [taskId], kind, words, more)
}

export function noteAll(
  ctx: Ctx,
  taskIds: readonly Id<'task'>[],
  kind: string,
  words = '',
  more: More = {},
): Promise<void> {
  const event: TaskEvent = {
    at: ctx.clock.now(),
    kind,
    actor: ctx.actor.kind === 'nobody' ? '' : ctx.actor.name,
    note: words,
    fromId: null,
    toId: null,
    dueBefore: null,
    ...more,
  }
  return insertEvents(
    ctx.db,
    taskIds.map((taskId) => ({ ...event, taskId })),
  )
}
