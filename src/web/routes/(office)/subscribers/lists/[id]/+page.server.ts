import { refuseIf, whyNotSee } from '#core/kernel/index.ts'
import {
  closeList,
  LIST_KEEPERS,
  listOf,
  maskedContacts,
  membersOf,
  openList,
  SUBSCRIPTION_STATES,
} from '#core/subscriber/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths, withQuery } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  refuseIf(whyNotSee(ctx, LIST_KEEPERS))
  const { outlet, open, counts, contactKind } = await listOf(ctx, givenId<'outlet'>(params.id))
  const state = SUBSCRIPTION_STATES.find((one) => one === url.searchParams.get('state')) ?? 'active'
  const after = givenId<'subscriber'>(url.searchParams.get('after'))
  const found = await membersOf(ctx.db, outlet.id, state, after, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const masked = await maskedContacts(ctx, contactKind, shown)
  const refusal = await openList.whyNot(ctx, { outletId: outlet.id })
  return {
    id: outlet.id as string,
    name: outlet.name,
    channel: w(`channel_${outlet.channel}`),
    open,
    counts,
    state,
    members: shown.map(({ subscriberId, source, since, endedReason }, at) => ({
      id: subscriberId as string,
      contact: masked[at] ?? null,
      source,
      since,
      endedReason,
    })),
    whyNot: refusal && sentenceOf(w, refusal),
    first: after ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: last.subscriberId }) : null,
  }
}

export const actions: Actions = {
  open: act(openList, {
    input: (_data, { params }) => ({ outletId: params['id'] ?? '' }),
    then: (_result, { params }) => `${paths.subscriberList(params['id'] ?? '')}?done=list_opened`,
  }),
  close: act(closeList, {
    input: (_data, { params }) => ({ outletId: params['id'] ?? '' }),
    then: (_result, { params }) => `${paths.subscriberList(params['id'] ?? '')}?done=list_closed`,
  }),
}
