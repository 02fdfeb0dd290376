import * as v from 'valibot'
import { action, idOf, Refusal, refuseIf, type Id } from '../kernel/index.ts'
import { doerOf, DOERS, holderOf, note, OneTask, reason, taskToChange } from './change-task.ts'
import { outputsOf } from './task-record.store.ts'
import { childrenOfTask, lockTask, taskById, updateTask } from './task.store.ts'
import { tellTaskEnded } from './task-ended.ts'
import { whyNotFinish, whyNotLetGo, whyNotReopen } from './task.ts'

const WithReason = v.object({ ...OneTask.entries, reason })
const may = { who: 'roles' as const, roles: DOERS, within: doerOf }
const about = ({ taskId }: { readonly taskId: Id<'task'> }) => ({ subject: 'task', subjectId: taskId, facts: {} })

/** The organisation takes the task on. */
export const acceptTask = action('task.accept', {
  input: OneTask,
  may,
  records: about,
  async run(ctx, input) {
    await taskToChange(ctx, input, 'accept')
    await updateTask(ctx.db, input.taskId, { state: 'accepted' })
    await note(ctx, input.taskId, 'accepted', '')
  },
})

/** The organisation gives the task back to who set it, with the reason. */
export const returnTask = action('task.return', {
  input: WithReason,
  may,
  records: about,
  async run(ctx, input) {
    const task = await taskToChange(ctx, input, 'return')
    refuseIf(whyNotLetGo(task, 'return', await childrenOfTask(ctx.db, task.id)))
    await updateTask(ctx.db, task.id, { state: 'returned' })
    await note(ctx, task.id, 'returned', input.reason)
  },
})

/** Passes the task to the body that should have it; given back, who set it passes it on. The history keeps both. */
export const handOverTask = action('task.hand_over', {
  input: v.object({ ...WithReason.entries, organisationId: idOf<'organisation'>() }),
  may: { who: 'roles', roles: DOERS, within: holderOf },
  records: ({ taskId, organisationId }) => ({ subject: 'task', subjectId: taskId, facts: { to: organisationId } }),
  async run(ctx, { organisationId, ...input }) {
    const task = await taskToChange(ctx, input, 'handOver')
    if (task.organisationId === organisationId) throw new Refusal('task.already_there', {}, 'organisation')
    refuseIf(whyNotLetGo(task, 'handOver', await childrenOfTask(ctx.db, task.id)))
    await updateTask(ctx.db, task.id, { organisationId, state: 'set', escalatedTo: null })
    await note(ctx, task.id, 'handed_over', input.reason, { fromId: task.organisationId, toId: organisationId })
  },
})

/** The task is done: refused while nothing shows it, or while a part of it is open below. */
export const finishTask = action('task.finish', {
  input: OneTask,
  may,
  records: about,
  async run(ctx, input) {
    const task = await taskToChange(ctx, input, 'finish')
    const outputs = await outputsOf(ctx.db, task.id)
    refuseIf(whyNotFinish(task, outputs.length, await childrenOfTask(ctx.db, task.id)))
    await updateTask(ctx.db, task.id, { state: 'done' })
    await note(ctx, task.id, 'done', '')
    await tellTaskEnded(ctx, task, 'done')
  },
})

/** What was reported done is not: it is opened again, with the reason. */
export const reopenTask = action('task.reopen', {
  input: WithReason,
  may,
  records: about,
  async run(ctx, input) {
    // The whole is locked before its part, as everywhere: it cannot be finished meanwhile.
    const wholeId = (await taskById(ctx.db, input.taskId))?.parentId
    const whole = wholeId ? await lockTask(ctx.db, wholeId) : null
    const task = await taskToChange(ctx, input, 'reopen')
    refuseIf(whyNotReopen(task, whole))
    await updateTask(ctx.db, task.id, { state: 'accepted' })
    await note(ctx, task.id, 'reopened', input.reason)
    await tellTaskEnded(ctx, task, 'reopened')
  },
})
