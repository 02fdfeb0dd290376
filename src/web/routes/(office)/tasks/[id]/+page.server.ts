import { sentenceOf } from '#app/wording/words.ts'
import { dayAt, Refusal } from '#core/kernel/index.ts'
import { carriesDuty, idsBelow, organisationsAsOf, organisationsWhere } from '#core/organisation/index.ts'
import { childrenOfTask, eventsOf, gather, outputsOf, taskById } from '#core/task/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { rowsOf } from '../task-rows.ts'
import { clauseOf } from './clause.ts'
import { deeds } from './deeds.ts'
import { historyOf } from './history.ts'
import { whyNotOf, type WhyNot } from './why-not.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const id = givenId<'task'>(params.id)
  const task = id && (await taskById(ctx.db, id))
  if (!task) throw new Refusal('task.not_found')
  const today = dayAt(ctx.clock.now())
  const [outputs, parts] = [await outputsOf(ctx.db, task.id), await childrenOfTask(ctx.db, task.id)]
  const whole = task.parentId ? await taskById(ctx.db, task.parentId) : null
  const bodies = await organisationsWhere(ctx.db, [task.organisationId, task.assignedBy])
  const body = bodies.find((one) => one.id === task.organisationId)
  const below = await idsBelow(ctx.db, [task.organisationId])
  const alive = await organisationsAsOf(ctx.db, today)
  const refusals = await whyNotOf(ctx, task, { whole, parts, outputs: outputs.length })
  const whyNot = Object.fromEntries(
    Object.entries(refusals).map(([deed, refusal]) => [deed, refusal && sentenceOf(w, refusal)]),
  ) as WhyNot
  return {
    task,
    today,
    whole: whole && { id: whole.id, title: whole.title },
    body: body ?? null,
    by: bodies.find((one) => one.id === task.assignedBy)?.name ?? '',
    carriers: body?.aliveTo && body.aliveTo < today ? await carriesDuty(ctx.db, body.code, today) : [],
    clause: await clauseOf(ctx, task),
    outputs,
    parts: await rowsOf(ctx.db, parts),
    gathered: await gather(ctx, task.id),
    events: await historyOf(ctx.db, w, await eventsOf(ctx.db, task.id)),
    under: alive
      .filter((one) => one.id !== task.organisationId && below.has(one.id))
      .map(({ id, name }) => ({ id, name })),
    everywhere: alive.map(({ code, name }) => ({ code, name })),
    whyNot,
  }
}

export const actions: Actions = deeds
