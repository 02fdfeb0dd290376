import { MESSAGE_LANGUAGES } from '#core/message/index.ts'
import { askSubscription, CONSENT_WORDS, listsToChoose } from '#core/subscriber/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { inLanguage } from '../in-language.ts'
import { OWN_PAGE } from '../own-page.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, setHeaders, url }) => {
  setHeaders(OWN_PAGE)
  return {
    sent: url.searchParams.has('sent'),
    consent: CONSENT_WORDS,
    lists: (await listsToChoose(ctx)).map(({ outlet }) => ({ id: outlet.id as string, name: outlet.name })),
    languages: MESSAGE_LANGUAGES.map(({ tag, ownName }) => ({ value: tag, name: ownName })),
  }
}

export const actions: Actions = {
  default: act(askSubscription, {
    input: (data, event) => ({
      contact: fieldOf(data, 'contact'),
      outletIds: data.getAll('lists').map(String),
      language: fieldOf(data, 'language') || null,
      consents: fieldOf(data, 'consents') === 'yes',
      address: event.getClientAddress(),
    }),
    then: (_result, { locals }) => {
      const to = inLanguage(paths.subscribe, locals.language)
      return `${to}${to.includes('?') ? '&' : '?'}sent`
    },
  }),
}
