import { sentenceOf } from '#app/wording/words.ts'
import { Refusal } from '#core/kernel/index.ts'
import { outletsByIds } from '#core/outlet/index.ts'
import { askedBy, confirmSubscription } from '#core/subscriber/index.ts'
import { act } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { inLanguage } from '../../in-language.ts'
import { OWN_PAGE } from '../../own-page.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, setHeaders }) => {
  setHeaders(OWN_PAGE)
  try {
    const { subscriptions } = await askedBy(ctx, params.link)
    const ids = subscriptions.map(({ outletId }) => outletId)
    const lists = [...(await outletsByIds(ctx.db, ids)).values()].map(({ name }) => name)
    return { refused: null, lists, confirmed: subscriptions.every(({ state }) => state === 'active') }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { refused: sentenceOf(w, thrown), lists: [], confirmed: false }
    throw thrown
  }
}

/** Following the link alone confirms nothing: programs that look through mail follow links, too. */
export const actions: Actions = {
  default: act(confirmSubscription, {
    input: (_data, { params }) => ({ link: params['link'] ?? '' }),
    then: ({ memberLink }, { locals }) => {
      const to = inLanguage(paths.membership(memberLink), locals.language)
      return `${to}${to.includes('?') ? '&' : '?'}done=subscription_confirmed`
    },
  }),
}
