import * as v from 'valibot'
import { actingPerson, action, idOf, Refusal, refuseIf, tidy, type Ctx, type Id } from '../kernel/index.ts'
import { startMessage } from '../message/index.ts'
import { BRIDGE_ROLES } from './keep-codes.ts'
import { decide, lockProposal } from './proposal.store.ts'
import { whyNotDecide, type Proposal } from './proposal.ts'

const OneProposal = { proposalId: idOf<'bridge_proposal'>() }
const MOST_TITLE = 300
const MOST_LEAD = 2_000

/**
 * Makes a message of a bulletin from above. From there on it goes the way of every message: checks, approval, release.
 * Its class is a wish: an emergency still needs the permission for one and two persons.
 */
export const takeProposal = action('bridge.take_proposal', {
  input: v.object({ ...OneProposal, organisationId: idOf<'organisation'>() }),
  may: { who: 'roles', roles: BRIDGE_ROLES, within: (_ctx, { organisationId }) => organisationId },
  records: ({ proposalId }) => ({ subject: 'bridge_proposal', subjectId: proposalId, facts: {} }),
  async run(ctx, { proposalId, organisationId }): Promise<Id<'message'>> {
    const { bulletin } = await openProposal(ctx, proposalId)
    const messageId = await startMessage(ctx, {
      ...{ kind: 'notice', organisationId, workingTitle: shortened(bulletin.title, 200), language: 'vi' },
      ...{ title: shortened(bulletin.title, MOST_TITLE), lead: shortened(bulletin.summary, MOST_LEAD) },
      ...{ body: bulletin.words, callToAction: '' },
    })
    await decide(ctx.db, proposalId, { ...decided(ctx), state: 'taken', messageId, reason: '' })
    return messageId
  },
})

/** Says that a bulletin from above is not used, and why. */
export const declineProposal = action('bridge.decline_proposal', {
  input: v.object({ ...OneProposal, reason: v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(500)) }),
  may: { who: 'roles', roles: BRIDGE_ROLES },
  records: ({ proposalId }) => ({ subject: 'bridge_proposal', subjectId: proposalId, facts: {} }),
  async run(ctx, { proposalId, reason }) {
    await openProposal(ctx, proposalId)
    await decide(ctx.db, proposalId, { ...decided(ctx), state: 'declined', messageId: null, reason })
  },
})

async function openProposal(ctx: Ctx, id: Id<'bridge_proposal'>): Promise<Proposal> {
  const proposal = await lockProposal(ctx.db, id)
  if (!proposal) throw new Refusal('bridge.not_found')
  refuseIf(whyNotDecide(proposal))
  return proposal
}

function decided(ctx: Ctx) {
  return { decidedAt: ctx.clock.now(), decidedBy: actingPerson(ctx) }
}

/** The title of a bulletin stands whole in its body's record; a working title has its own length. */
function shortened(text: string, most: number): string {
  const letters = [...text]
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`
}
