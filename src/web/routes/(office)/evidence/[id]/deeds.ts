import type { RequestEvent } from '@sveltejs/kit'
import { takeProofFile } from '#app/proof-files.ts'
import {
  acceptActivity,
  answerFinding,
  attachProof,
  FINDING_CODES,
  removeProof,
  returnActivity,
  withdrawActivity,
} from '#core/evidence/index.ts'
import { Refusal, refuseIf } from '#core/kernel/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'

const here = (done: string) => (_result: unknown, event: RequestEvent) =>
  `${paths.activity(event.params.id ?? '')}?done=evidence_${done}`

/** The activity of the page, as the person saw it: what changed meanwhile is not decided on unseen. */
function asSeen(data: FormData, event: RequestEvent) {
  const activityId = givenId<'activity'>(event.params.id)
  if (!activityId) throw new Refusal('evidence.not_found')
  return { activityId, revision: Number(fieldOf(data, 'revision')) || null }
}
const withReason = (data: FormData, event: RequestEvent) => ({
  ...asSeen(data, event),
  reason: fieldOf(data, 'reason'),
})

/** What can be done on the page of an activity. */
export const deeds = {
  accept: act(acceptActivity, { input: asSeen, then: here('accepted') }),
  return: act(returnActivity, { input: withReason, then: here('returned') }),
  withdraw: act(withdrawActivity, { input: withReason, then: here('withdrawn') }),
  answer: act(answerFinding, {
    input(data, event) {
      const code = FINDING_CODES.find((one) => one === fieldOf(data, 'code'))
      if (!code) throw new Refusal('evidence.finding_not_found')
      return { ...asSeen(data, event), code, key: fieldOf(data, 'key'), answer: fieldOf(data, 'answer') }
    },
    then: here('answered'),
  }),
  attach: act(attachProof, {
    async input(data, event) {
      const { activityId } = asSeen(data, event)
      const link = { activityId, proof: { kind: 'link' as const, value: fieldOf(data, 'link') } }
      const file = data.get('file')
      if (!(file instanceof File) || file.size === 0) return link
      // Nobody fills the store with files that they may not attach.
      refuseIf(await attachProof.whyNot(event.locals.ctx, link))
      const bytes = new Uint8Array(await file.arrayBuffer())
      const role = file.type.startsWith('audio/') ? ('voice' as const) : ('photo' as const)
      const taken = await takeProofFile(event.locals.ctx, bytes, { role, fileName: file.name })
      return { activityId, proof: { kind: 'file' as const, file: taken } }
    },
    then: here('attached'),
  }),
  remove: act(removeProof, {
    input: (data, event) => ({ activityId: asSeen(data, event).activityId, proofId: fieldOf(data, 'proofId') }),
    then: here('detached'),
  }),
}
