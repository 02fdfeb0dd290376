import { Refusal } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { outletById } from '#core/outlet/index.ts'
import { mailKitAgain } from '#core/press/index.ts'
import { deliveryById, eventsOfDelivery, resolveUnknown } from '#core/release/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { saidThere } from './said-there.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const [releaseId, id] = [givenId<'release'>(params.id), givenId<'delivery'>(params.delivery)]
  const delivery = releaseId && id && (await deliveryById(ctx.db, releaseId, id))
  if (!delivery) throw new Refusal('release.not_found')
  const outlet = await outletById(ctx.db, delivery.outletId)
  const [body] = await organisationsWhere(ctx.db, [delivery.organisationId])
  const refusal = await resolveUnknown.whyNot(ctx, {
    releaseId: delivery.releaseId,
    deliveryId: delivery.id,
    arrived: true,
    note: '',
  })
  return {
    delivery,
    outlet: outlet?.name ?? '',
    body: body?.name ?? '',
    events: await eventsOfDelivery(ctx.db, delivery.id),
    whyNot: refusal && sentenceOf(w, refusal),
    said: await saidThere(ctx, w, delivery),
  }
}

export const actions: Actions = {
  mailAgain: act(mailKitAgain, {
    input: (_data, { params }) => ({ deliveryId: params.delivery ?? '' }),
    then: (_result, { params }) => `${paths.delivery(params.id ?? '', params.delivery ?? '')}?done=press_kit_again`,
  }),
  resolve: act(resolveUnknown, {
    input: (data, { params }) => ({
      releaseId: params.id ?? '',
      deliveryId: params.delivery ?? '',
      arrived: fieldOf(data, 'arrived') === 'yes',
      note: fieldOf(data, 'note'),
    }),
    then: (_result, { params }) => `${paths.delivery(params.id ?? '', params.delivery ?? '')}?done=delivery_resolved`,
  }),
}
