import { letterheadOf, setLetterhead } from '#core/document/index.ts'
import type { Ctx, Role } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const SETTERS: readonly Role[] = ['administrator', 'campaign_officer', 'leader']

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const bodies = await ownBodies(ctx)
  const body = bodies.find(({ id }) => id === url.searchParams.get('body')) ?? bodies[0] ?? null
  const letterhead = body && (await letterheadOf(ctx, body.id))
  const refusal = letterhead && body && (await setLetterhead.whyNot(ctx, { organisationId: body.id, ...letterhead }))
  return {
    bodies: bodies.map(({ id, name }) => ({ value: id as string, name })),
    body: body && { id: body.id, name: body.name },
    letterhead,
    whyNot: body ? refusal && sentenceOf(w, refusal) : w('letterhead_no_body'),
  }
}

async function ownBodies({ actor, db }: Ctx) {
  const grants = actor.kind === 'person' ? actor.grants : []
  const ids = grants.filter(({ role }) => SETTERS.includes(role)).map(({ organisationId }) => organisationId)
  const bodies = await organisationsWhere(db, [...new Set(ids)])
  return bodies.filter(({ aliveTo }) => aliveTo === null)
}

export const actions: Actions = {
  default: act(setLetterhead, {
    input: (data) => ({
      organisationId: fieldOf(data, 'organisationId'),
      superior: fieldOf(data, 'superior').trim() || null,
      issuer: fieldOf(data, 'issuer'),
      abbreviation: fieldOf(data, 'abbreviation'),
      place: fieldOf(data, 'place'),
    }),
    then: (_result, { url }) => `${paths.letterhead}${url.search ? `${url.search}&` : '?'}done=letterhead_set`,
  }),
}
