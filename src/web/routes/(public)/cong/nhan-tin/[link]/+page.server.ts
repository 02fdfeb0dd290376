import { sentenceOf } from '#app/wording/words.ts'
import { Refusal, type Ctx } from '#core/kernel/index.ts'
import { MESSAGE_LANGUAGES } from '#core/message/index.ts'
import { outletsByIds } from '#core/outlet/index.ts'
import { chooseLanguage, leaveList, membershipBy } from '#core/subscriber/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { inLanguage } from '../../in-language.ts'
import { OWN_PAGE } from '../../own-page.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, setHeaders, url }) => {
  setHeaders(OWN_PAGE)
  const done = `done_${url.searchParams.get('done') ?? ''}`
  const shared = {
    done: w.has(done) ? w(done) : null,
    languages: MESSAGE_LANGUAGES.map(({ tag, ownName }) => ({ value: tag, name: ownName })),
  }
  try {
    return { ...shared, refused: null, member: await memberOf(ctx, params.link) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ...shared, refused: sentenceOf(w, thrown), member: null }
    throw thrown
  }
}

async function memberOf(ctx: Ctx, link: string) {
  const { subscriber, outletId, subscriptions } = await membershipBy(ctx, link)
  const active = subscriptions.filter(({ state }) => state === 'active')
  const outlets = await outletsByIds(ctx.db, [outletId, ...active.map((one) => one.outletId)])
  return {
    here: outlets.get(outletId)?.name ?? '',
    isMember: active.some((one) => one.outletId === outletId),
    lists: active.map((one) => ({ name: outlets.get(one.outletId)?.name ?? '', here: one.outletId === outletId })),
    language: subscriber.language ?? 'vi',
  }
}

const link = (params: Partial<Record<string, string>>) => params['link'] ?? ''

function back(params: Partial<Record<string, string>>, language: string, done: string): string {
  const to = inLanguage(paths.membership(link(params)), language)
  return `${to}${to.includes('?') ? '&' : '?'}done=${done}`
}

export const actions: Actions = {
  leave: act(leaveList, {
    input: (_data, { params }) => ({ link: link(params), all: false }),
    then: (_result, { params, locals }) => back(params, locals.language, 'subscription_left'),
  }),
  leaveAll: act(leaveList, {
    input: (_data, { params }) => ({ link: link(params), all: true }),
    then: (_result, { params, locals }) => back(params, locals.language, 'subscription_left'),
  }),
  language: act(chooseLanguage, {
    input: (data, { params }) => ({ link: link(params), language: fieldOf(data, 'language') }),
    then: (_result, { params, locals }) => back(params, locals.language, 'subscription_kept'),
  }),
}
