import * as v from 'valibot'
import { actingPerson, action, idOf, newId, Refusal, type Ctx } from '../kernel/index.ts'
import { doerOf, DOERS, note, OneTask, taskToChange } from './change-task.ts'
import { deleteOutput, insertOutput } from './task-record.store.ts'
import type { TaskOutput } from './task.ts'

const may = { who: 'roles' as const, roles: DOERS, within: doerOf }

/** Attaches what shows that the task was done: an address, a kept file by its SHA-256, a note, or an activity by its id. */
export const attachOutput = action('task.attach', {
  input: v.object({
    ...OneTask.entries,
    kind: v.picklist(['link', 'file', 'note', 'activity']),
    title: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300)),
    value: v.pipe(v.string(), v.trim(), v.maxLength(2_000)),
  }),
  may,
  records: ({ taskId, kind }) => ({ subject: 'task', subjectId: taskId, facts: { kind } }),
  async run(ctx, { kind, title, value, ...input }) {
    const { id: taskId } = await taskToChange(ctx, input, 'attach')
    await refuseHollow(ctx, kind, value)
    await insertOutput(ctx.db, {
      id: newId<'task_output'>(),
      taskId,
      kind,
      title,
      value,
      attachedAt: ctx.clock.now(),
      attachedBy: actingPerson(ctx),
    })
    await note(ctx, taskId, 'attached', title)
  },
})

/** Takes an output away while the task is not done; the history says which. */
export const removeOutput = action('task.remove_output', {
  input: v.object({ ...OneTask.entries, outputId: idOf<'task_output'>() }),
  may,
  records: ({ taskId, outputId }) => ({ subject: 'task', subjectId: taskId, facts: { output: outputId } }),
  async run(ctx, { outputId, ...input }) {
    const { id: taskId } = await taskToChange(ctx, input, 'attach')
    const title = await deleteOutput(ctx.db, taskId, outputId)
    if (title === null) throw new Refusal('task.output_not_found')
    await note(ctx, taskId, 'removed', title)
  },
})

/** What points to nothing shows nothing. */
async function refuseHollow(ctx: Ctx, kind: TaskOutput['kind'], value: string): Promise<void> {
  if (kind === 'link' && !/^https?:\/\/\S+$/.test(value)) throw new Refusal('task.not_a_link', {}, 'value')
  if (kind !== 'file') return
  const kept = /^[0-9a-f]{64}$/.test(value) && (await ctx.files.has(value))
  if (!kept) throw new Refusal('task.no_such_file', {}, 'value')
}
