import { languageOf } from '#core/message/index.ts'
import { Refusal, type Ctx } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { outletById, pauseOutlet, resumeOutlet, type Outlet } from '#core/outlet/index.ts'
import { placeById } from '#core/place/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const outlet = await outletOf(ctx, params.id)
  const [body] = await organisationsWhere(ctx.db, [outlet.organisationId])
  const refusal = await resumeOutlet.whyNot(ctx, { outletId: outlet.id })
  return {
    outlet,
    place: (await placeById(ctx.db, outlet.placeId)) ?? null,
    body: body ? { code: body.code, name: body.name } : null,
    languages: outlet.languages.map((tag) =>
      w.has(`language_${tag}`) ? w(`language_${tag}`) : languageOf(tag).ownName,
    ),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

async function outletOf(ctx: Ctx, given: string): Promise<Outlet> {
  const id = givenId<'outlet'>(given)
  const outlet = id && (await outletById(ctx.db, id))
  if (!outlet) throw new Refusal('outlet.not_found')
  return outlet
}

export const actions: Actions = {
  pause: act(pauseOutlet, {
    input: (data, { params }) => ({ outletId: params.id ?? '', reason: fieldOf(data, 'reason') }),
    then: (_result, { params }) => `${paths.outlet(params.id ?? '')}?done=outlet_paused`,
  }),
  resume: act(resumeOutlet, {
    input: (_data, { params }) => ({ outletId: params.id ?? '' }),
    then: (_result, { params }) => `${paths.outlet(params.id ?? '')}?done=outlet_resumed`,
  }),
}
