import {
  continueRegister,
  DOCUMENT_TYPE_KEYS,
  lastNumber,
  registerOf,
  symbolOf,
  twoDigits,
} from '#core/document/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths, withQuery } from '#web/paths.ts'
import { registerAsked } from './which-register.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PER_PAGE = 60

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const { bodies, body, type, year, thisYear } = await registerAsked(ctx, url)
  const after = Math.max(0, Number(url.searchParams.get('after')) || 0)
  const register = body && { organisationId: body.id, type, year }
  const found = register ? await registerOf(ctx.db, register, after, PER_PAGE + 1) : []
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const refusal = register && (await continueRegister.whyNot(ctx, { ...register, last: 1 }))
  return {
    bodies: bodies.map(({ id, name }) => ({ value: id as string, name })),
    types: DOCUMENT_TYPE_KEYS.map((value) => ({ value, name: w(`document_type_${value}`) })),
    body,
    type,
    year,
    thisYear,
    last: register ? await lastNumber(ctx.db, register) : 0,
    documents: shown.map(({ id, number, issuedOn, content, state, letterhead }) => ({
      id,
      number: `${twoDigits(number ?? 0)}/${symbolOf(type, letterhead?.abbreviation ?? '', content.unit)}`,
      issuedOn,
      subject: content.subject,
      signer: content.signature.name,
      receivers: [...content.addressees, ...content.receivers].join('; '),
      state,
    })),
    query: url.search,
    first: after > 0 ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: String(last.number) }) : null,
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  default: act(continueRegister, {
    input: (data) => ({
      organisationId: fieldOf(data, 'organisationId'),
      // The action's own schema refuses a type that is none.
      type: fieldOf(data, 'type') as (typeof DOCUMENT_TYPE_KEYS)[number],
      year: Number(fieldOf(data, 'year')),
      last: Number(fieldOf(data, 'last')),
    }),
    then: (_result, { url }) =>
      withQuery({ pathname: paths.documentRegister, search: url.search }, { done: 'document_register_continued' }),
  }),
}
