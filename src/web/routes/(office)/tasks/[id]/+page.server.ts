import { sentenceOf } from '#app/wording/words.ts'
import { dayAt, Refusal, type Ctx, type Id } from '#core/kernel/index.ts'
import {
  carriesDuty,
  idsBelow,
  organisationIdsByCode,
  organisationsAsOf,
  organisationsWhere,
} from '#core/organisation/index.ts'
import { campaignById } from '#core/plan/index.ts'
import {
  acceptTask,
  attachOutput,
  cascadeTask,
  childrenOfTask,
  eventsOf,
  finishTask,
  gather,
  handOverTask,
  outputsOf,
  removeOutput,
  reopenTask,
  returnTask,
  taskById,
  whyNotFinish,
  whyNotTask,
  type Task,
} from '#core/task/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { rowsOf } from '../task-rows.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const task = await taskById(ctx.db, params.id as Id<'task'>)
  if (!task) throw new Refusal('task.not_found')
  const today = dayAt(ctx.clock.now())
  const [outputs, parts] = [await outputsOf(ctx.db, task.id), await childrenOfTask(ctx.db, task.id)]
  const bodies = await organisationsWhere(ctx.db, [task.organisationId, task.assignedBy])
  const body = bodies.find(({ id }) => id === task.organisationId)
  const below = await idsBelow(ctx.db, [task.organisationId])
  const alive = await organisationsAsOf(ctx.db, today)
  const which = { taskId: task.id, revision: task.revision }
  const mayNot = await acceptTask.whyNot(ctx, which)
  const why = (refusal: Refusal | null) => {
    const reason = mayNot ?? refusal
    return reason && sentenceOf(w, reason)
  }
  return {
    task,
    today,
    body: body ?? null,
    by: bodies.find(({ id }) => id === task.assignedBy)?.name ?? '',
    carriers: body?.aliveTo && body.aliveTo < today ? await carriesDuty(ctx.db, body.code, today) : [],
    clause: await clauseOf(ctx, task),
    outputs,
    parts: await rowsOf(ctx.db, parts),
    gathered: await gather(ctx, task.id),
    events: (await eventsOf(ctx.db, task.id)).map((event) => ({
      ...event,
      // What the system does by rule is noted under the name of the rule, as `plan.confirm`; no person is named so.
      actor: /^[a-z_]+(\.[a-z_]+)*$/.test(event.actor) ? w('audit_by_system') : event.actor,
    })),
    under: alive.filter(({ id }) => id !== task.organisationId && below.has(id)).map(({ id, name }) => ({ id, name })),
    everywhere: alive.map(({ code, name }) => ({ code, name })),
    whyNot: {
      accept: why(whyNotTask(task, 'accept')),
      return: why(whyNotTask(task, 'return')),
      handOver: why(whyNotTask(task, 'handOver')),
      cascade: why(whyNotTask(task, 'cascade')),
      attach: why(whyNotTask(task, 'attach')),
      finish: why(whyNotFinish(task, outputs.length, parts)),
      reopen: why(whyNotTask(task, 'reopen')),
    },
  }
}

/** Where in the plan the task stands: that of the whole, for a part that was given on. */
async function clauseOf(ctx: Ctx, task: Task): Promise<string | null> {
  const campaign = task.campaignId ? await campaignById(ctx.db, task.campaignId as Id<'campaign'>) : null
  let whole: Task | null = task
  while (whole?.parentId) whole = await taskById(ctx.db, whole.parentId)
  return campaign && whole ? `${paths.plan(campaign.planId)}#span-${whole.originId ?? ''}` : null
}

type Here = { readonly params: Partial<Record<string, string>> }
const taskIn = ({ params }: Here) => params.id ?? ''
const here = (done: string) => (_result: unknown, event: Here) => `${paths.task(taskIn(event))}?done=task_${done}`
// The revision that the person saw: what changed meanwhile is not accepted or finished unseen.
const asSeen = (data: FormData, event: Here) => ({
  taskId: taskIn(event),
  revision: Number(fieldOf(data, 'revision')) || null,
})
const withReason = (data: FormData, event: Here) => ({ taskId: taskIn(event), reason: fieldOf(data, 'reason') })

export const actions: Actions = {
  accept: act(acceptTask, { input: asSeen, then: here('accepted') }),
  finish: act(finishTask, { input: asSeen, then: here('finished') }),
  return: act(returnTask, { input: withReason, then: here('returned') }),
  reopen: act(reopenTask, { input: withReason, then: here('reopened') }),
  handOver: act(handOverTask, {
    async input(data, event) {
      const code = fieldOf(data, 'organisation').trim()
      const id = (await organisationIdsByCode(event.locals.ctx.db, [code])).get(code)
      if (!id) throw new Refusal('organisation.not_found', { code }, 'organisation')
      return { ...withReason(data, event), organisationId: id }
    },
    then: here('handed_over'),
  }),
  attach: act(attachOutput, {
    input: (data, event) => ({
      taskId: taskIn(event),
      kind: fieldOf(data, 'kind') === 'link' ? ('link' as const) : ('note' as const),
      title: fieldOf(data, 'title'),
      value: fieldOf(data, 'value'),
    }),
    then: here('attached'),
  }),
  remove: act(removeOutput, {
    input: (data, event) => ({ taskId: taskIn(event), outputId: fieldOf(data, 'outputId') }),
    then: (_result, event) => paths.task(taskIn(event)),
  }),
  cascade: act(cascadeTask, {
    input: (data, event) => ({
      taskId: taskIn(event),
      organisationIds: data.getAll('organisationIds').map(String),
      detail: fieldOf(data, 'detail'),
      dueOn: fieldOf(data, 'dueOn') || null,
    }),
    then: here('cascaded'),
  }),
}
