import {
  classOf,
  CodeTable,
  codesOf,
  declineProposal,
  proposalById,
  takeProposal,
  whyNotDecide,
} from '#core/bridge/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const TAKERS: readonly string[] = ['administrator', 'campaign_officer']

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const id = givenId<'bridge_proposal'>(params.id)
  const proposal = id && (await proposalById(ctx.db, id))
  if (!proposal) throw new Refusal('bridge.not_found')
  const codes = new CodeTable(await codesOf(ctx.db))
  const grants = ctx.actor.kind === 'person' ? ctx.actor.grants : []
  const mine = grants.filter(({ role }) => TAKERS.includes(role)).map(({ organisationId }) => organisationId)
  const bodies = (await organisationsWhere(ctx.db, mine)).filter(({ aliveTo }) => aliveTo === null)
  const { bulletin } = proposal
  const refusal =
    whyNotDecide(proposal) ?? (await declineProposal.whyNot(ctx, { proposalId: proposal.id, reason: 'x' }))
  return {
    proposal: { ...proposal, id: proposal.id as string, messageId: proposal.messageId as string | null },
    class: classOf(bulletin, codes),
    field: codes.valueOf('field', bulletin.field),
    sound: bulletin.sound !== null && (await ctx.files.has(bulletin.sound.sha256)),
    bodies: bodies.map((body) => ({ value: body.id as string, name: body.name })),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  take: act(takeProposal, {
    input: (data, { params }) => ({ proposalId: params['id'] ?? '', organisationId: fieldOf(data, 'organisationId') }),
    then: (id) => `${paths.message(id)}?done=bridge_proposal_taken`,
  }),
  decline: act(declineProposal, {
    input: (data, { params }) => ({ proposalId: params['id'] ?? '', reason: fieldOf(data, 'reason') }),
    then: () => `${paths.bridge}?done=bridge_declined`,
  }),
}
