import { Refusal, type Ctx } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { outletById, pauseOutlet, resumeOutlet, type Outlet } from '#core/outlet/index.ts'
import { placeById } from '#core/place/index.ts'
import { openWire, shutWire } from '#core/press/index.ts'
import { endOldWebhookSecrets, makeWebhookSecret } from '#core/webhook/index.ts'
import { checkOutletAddress } from '#app/outlet-address.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, actAndShow, fieldOf, NOTHING_TYPED } from '#web/forms/act.ts'
import { refuseForm } from '#web/forms/refused.ts'
import { givenId } from '#web/lib/given-id.ts'
import { languageWords } from '#web/lib/language-words.ts'
import { paths } from '#web/paths.ts'
import { webhookShown, wireShown } from './wire-shown.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const outlet = await outletOf(ctx, params.id)
  const [body] = await organisationsWhere(ctx.db, [outlet.organisationId])
  const refusal = await resumeOutlet.whyNot(ctx, { outletId: outlet.id })
  return {
    outlet,
    place: (await placeById(ctx.db, outlet.placeId)) ?? null,
    body: body ? { code: body.code, name: body.name } : null,
    languages: outlet.languages.map((tag) => languageWords(w, tag)),
    whyNot: refusal && sentenceOf(w, refusal),
    origin: url.origin,
    wire: await wireShown(ctx, w, outlet),
    webhook: await webhookShown(ctx, w, outlet),
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
  openWire: actAndShow(openWire, (_data, { params }) => ({ outletId: params.id ?? '' })),
  shutWire: act(shutWire, {
    input: (_data, { params }) => ({ outletId: params.id ?? '' }),
    then: (_result, { params }) => `${paths.outlet(params.id ?? '')}?done=press_wire_shut`,
  }),
  makeSecret: actAndShow(makeWebhookSecret, (_data, { params }) => ({ outletId: params.id ?? '' })),
  endOldSecrets: act(endOldWebhookSecrets, {
    input: (_data, { params }) => ({ outletId: params.id ?? '' }),
    then: (_result, { params }) => `${paths.outlet(params.id ?? '')}?done=webhook_old_secrets_ended`,
  }),
  /** Looks at where the address leads; nothing is sent there and nothing is changed. */
  checkAddress: async (event) => {
    const { ctx, w } = event.locals
    try {
      await checkOutletAddress(await outletOf(ctx, event.params.id))
      return { ...NOTHING_TYPED, shown: w('webhook_check_good') }
    } catch (thrown) {
      return refuseForm(event, thrown, new FormData())
    }
  },
}
