import { MESSAGE_KINDS, type MessageKind } from '#core/channel/index.ts'
import { startMessage, WRITERS } from '#core/message/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { campaigns } from '#core/plan/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const grants = ctx.actor.kind === 'person' ? ctx.actor.grants : []
  const mine = grants.filter(({ role }) => WRITERS.includes(role)).map(({ organisationId }) => organisationId)
  const bodies = (await organisationsWhere(ctx.db, mine)).filter(({ aliveTo }) => aliveTo === null)
  return {
    campaign: url.searchParams.get('campaign') ?? '',
    kinds: MESSAGE_KINDS.map((kind) => ({ value: kind, name: w(`message_kind_${kind}`) })),
    bodies: bodies.map(({ id, name }) => ({ value: id, name })),
    campaigns: (await campaigns(ctx.db)).map(({ id, name }) => ({ value: id, name })),
    whyNot: bodies.length === 0 ? w('messages_no_body') : null,
  }
}

export const actions: Actions = {
  default: act(startMessage, {
    input: (data) => ({
      workingTitle: fieldOf(data, 'workingTitle'),
      title: fieldOf(data, 'workingTitle'),
      // The action's own schema refuses a kind that is none.
      kind: fieldOf(data, 'kind') as MessageKind,
      organisationId: fieldOf(data, 'organisationId'),
      campaignId: fieldOf(data, 'campaignId') || null,
    }),
    then: (id) => paths.message(id),
  }),
}
