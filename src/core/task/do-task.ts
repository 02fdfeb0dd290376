import * as v from 'valibot'
import { action, idOf, newId, Refusal, refuseIf, type Ctx, type Id, type Role } from '../kernel/index.ts'
import { note, taskToChange } from './set-tasks.ts'
import { deleteOutput, insertOutput, outputsOf } from './task-record.store.ts'
import { childrenOfTask, taskById, updateTask } from './task.store.ts'
import { whyNotFinish } from './task.ts'

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

const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000))
const OneTask = v.object({ taskId: idOf<'task'>() })
const WithReason = v.object({ ...OneTask.entries, reason })
const may = { who: 'roles' as const, roles: DOERS, within: doerOf }
const about = ({ taskId }: { readonly taskId: Id<'task'> }) => ({ subject: 'task', subjectId: taskId, facts: {} })

/** The organisation takes the task on. */
export const acceptTask = action('task.accept', {
  input: OneTask,
  may,
  records: about,
  async run(ctx, { taskId }) {
    await taskToChange(ctx, taskId, 'accept')
    await updateTask(ctx.db, taskId, { state: 'accepted' })
    await note(ctx, taskId, 'accepted', '')
  },
})

/** The organisation gives the task back to who set it, with the reason. */
export const returnTask = action('task.return', {
  input: WithReason,
  may,
  records: about,
  async run(ctx, { taskId, reason: words }) {
    await taskToChange(ctx, taskId, 'return')
    await updateTask(ctx.db, taskId, { state: 'returned' })
    await note(ctx, taskId, 'returned', words)
  },
})

/** Passes the task to the body that should have it; the history says from where. */
export const handOverTask = action('task.hand_over', {
  input: v.object({ ...WithReason.entries, organisationId: idOf<'organisation'>() }),
  may: { who: 'roles', roles: DOERS, within: doerOf },
  records: ({ taskId, organisationId }) => ({ subject: 'task', subjectId: taskId, facts: { to: organisationId } }),
  async run(ctx, { taskId, organisationId, reason: words }) {
    const task = await taskToChange(ctx, taskId, 'handOver')
    if (task.organisationId === organisationId) throw new Refusal('task.already_there', {}, 'organisationId')
    await updateTask(ctx.db, taskId, { organisationId, state: 'set' })
    await note(ctx, taskId, 'handed_over', words)
  },
})

/** Attaches what shows that the task was done. */
export const attachOutput = action('task.attach', {
  input: v.object({
    ...OneTask.entries,
    kind: v.picklist(['link', 'file', 'note']),
    title: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300)),
    value: v.pipe(v.string(), v.trim(), v.maxLength(2_000)),
  }),
  may: { who: 'roles', roles: DOERS, within: doerOf },
  records: ({ taskId, kind }) => ({ subject: 'task', subjectId: taskId, facts: { kind } }),
  async run(ctx, { taskId, kind, title, value }) {
    await taskToChange(ctx, taskId, 'attach')
    if (kind === 'link' && !/^https?:\/\/\S+$/.test(value)) throw new Refusal('task.not_a_link', {}, 'value')
    await insertOutput(ctx.db, {
      id: newId<'task_output'>(),
      taskId,
      kind,
      title,
      value,
      attachedAt: ctx.clock.now(),
      attachedBy: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
    })
    await note(ctx, taskId, 'attached', title)
  },
})

export const removeOutput = action('task.remove_output', {
  input: v.object({ ...OneTask.entries, outputId: idOf<'task_output'>() }),
  may: { who: 'roles', roles: DOERS, within: doerOf },
  records: ({ taskId, outputId }) => ({ subject: 'task', subjectId: taskId, facts: { output: outputId } }),
  async run(ctx, { taskId, outputId }) {
    await taskToChange(ctx, taskId, 'attach')
    await deleteOutput(ctx.db, taskId, outputId)
    await note(ctx, taskId, 'removed', '')
  },
})

/** The task is done: refused while nothing shows it, or while a part of it is open below. */
export const finishTask = action('task.finish', {
  input: OneTask,
  may,
  records: about,
  async run(ctx, { taskId }) {
    const task = await taskToChange(ctx, taskId, 'finish')
    const outputs = await outputsOf(ctx.db, taskId)
    refuseIf(whyNotFinish(task, outputs.length, await childrenOfTask(ctx.db, taskId)))
    await updateTask(ctx.db, taskId, { state: 'done' })
    await note(ctx, taskId, 'done', '')
  },
})

export const reopenTask = action('task.reopen', {
  input: WithReason,
  may,
  records: about,
  async run(ctx, { taskId, reason: words }) {
    await taskToChange(ctx, taskId, 'reopen')
    await updateTask(ctx.db, taskId, { state: 'accepted' })
    await note(ctx, taskId, 'reopened', words)
  },
})

async function doerOf(ctx: Ctx, { taskId }: { readonly taskId: Id<'task'> }): Promise<Id<'organisation'> | null> {
  return (await taskById(ctx.db, taskId))?.organisationId ?? null
}
