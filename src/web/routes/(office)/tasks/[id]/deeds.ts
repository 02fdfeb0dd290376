import type { RequestEvent } from '@sveltejs/kit'
import { refuseIf, Refusal } from '#core/kernel/index.ts'
import { organisationIdsByCode } from '#core/organisation/index.ts'
import {
  acceptTask,
  attachOutput,
  cascadeTask,
  finishTask,
  handOverTask,
  reissueTask,
  removeOutput,
  reopenTask,
  returnTask,
  waivePart,
  withdrawTask,
} from '#core/task/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'

const here = (done: string) => (_result: unknown, event: RequestEvent) =>
  `${paths.task(event.params.id ?? '')}?done=task_${done}`

/** The task of the page, as the person saw it: what changed meanwhile is not acted on unseen. */
function asSeen(data: FormData, event: RequestEvent) {
  const taskId = givenId<'task'>(event.params.id)
  if (!taskId) throw new Refusal('task.not_found')
  return { taskId, revision: Number(fieldOf(data, 'revision')) || null }
}
const withReason = (data: FormData, event: RequestEvent) => ({
  ...asSeen(data, event),
  reason: fieldOf(data, 'reason'),
})

/** What can be done on the page of a task. */
export const deeds = {
  accept: act(acceptTask, { input: asSeen, then: here('accepted') }),
  finish: act(finishTask, { input: asSeen, then: here('finished') }),
  return: act(returnTask, { input: withReason, then: here('returned') }),
  reissue: act(reissueTask, { input: withReason, then: here('reissued') }),
  reopen: act(reopenTask, { input: withReason, then: here('reopened') }),
  withdraw: act(withdrawTask, { input: withReason, then: here('withdrawn') }),
  waive: act(waivePart, { input: withReason, then: here('waived') }),
  handOver: act(handOverTask, {
    async input(data, event) {
      const code = fieldOf(data, 'organisation').trim()
      const id = (await organisationIdsByCode(event.locals.ctx.db, [code])).get(code)
      if (!id) throw new Refusal('organisation.not_found', { code }, 'organisation')
      return { ...withReason(data, event), organisationId: id }
    },
    then: here('handed_over'),
  }),
  attach: act(attachOutput, { input: outputIn, then: here('attached') }),
  remove: act(removeOutput, {
    input: (data, event) => ({ ...asSeen(data, event), outputId: fieldOf(data, 'outputId') }),
    then: here('output_removed'),
  }),
  cascade: act(cascadeTask, {
    input: (data, event) => ({
      ...asSeen(data, event),
      organisationIds: data.getAll('organisationIds').map(String),
      detail: fieldOf(data, 'detail'),
      dueOn: fieldOf(data, 'dueOn') || null,
    }),
    then: here('cascaded'),
  }),
}

/** A file when one is given, else an address when it looks like one, else a note. */
async function outputIn(data: FormData, event: RequestEvent) {
  const { ctx } = event.locals
  const [which, title, value] = [asSeen(data, event), fieldOf(data, 'title').trim(), fieldOf(data, 'value').trim()]
  const file = data.get('file')
  if (!(file instanceof File) || file.size === 0) {
    return { ...which, title, value, kind: fieldOf(data, 'kind') === 'link' ? ('link' as const) : ('note' as const) }
  }
  const words = { ...which, kind: 'file' as const, title: title ? `${title} – ${file.name}` : file.name }
  // Nobody fills the store with files that they may not attach.
  refuseIf(await attachOutput.whyNot(ctx, { ...words, value: '' }))
  return { ...words, value: await ctx.files.put(new Uint8Array(await file.arrayBuffer())) }
}
