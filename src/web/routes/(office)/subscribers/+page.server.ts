import { CONTACT_KINDS, findSubscriber, listsAfter, suppress, type ContactKind } from '#core/subscriber/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths, withQuery } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const after = url.searchParams.get('after')
  const found = await listsAfter(ctx, after, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const refusal = await suppress.whyNot(ctx, { contactKind: 'mail', contact: '', reason: 'hand' })
  return {
    lists: shown.map(({ outlet, open, counts }) => ({
      id: outlet.id as string,
      name: outlet.name,
      channel: w(`channel_${outlet.channel}`),
      open,
      counts,
    })),
    kinds: CONTACT_KINDS.map((kind) => ({ value: kind, name: w(`subscribers_kind_${kind}`) })),
    whyNot: refusal && sentenceOf(w, refusal),
    first: after ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: last.outlet.code }) : null,
  }
}

const contactOf = (data: FormData) => ({
  contactKind: fieldOf(data, 'contactKind') as ContactKind, // the action's schema refuses any other
  contact: fieldOf(data, 'contact'),
})

/** Both by POST: an address of somebody stands in no address of a page. */
export const actions: Actions = {
  find: act(findSubscriber, { input: contactOf, then: ({ id }) => paths.subscriber(id) }),
  suppress: act(suppress, {
    input: (data) => ({ ...contactOf(data), reason: 'hand' as const }),
    then: () => `${paths.subscribers}?done=contact_suppressed`,
  }),
}
