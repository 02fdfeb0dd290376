import { namesOfPeople } from '#core/identity/index.ts'
import { gatewaysOf } from '#core/gateway/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { outletById } from '#core/outlet/index.ts'
import { mailKitAgain } from '#core/press/index.ts'
import { deliveryById, eventsOfDelivery, resolveUnknown, standingOfDelivery } from '#core/release/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { releaseOf, titleOf } from '../../one-release.ts'
import { saidThere } from './said-there.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const release = await releaseOf(ctx, params.id)
  const id = givenId<'delivery'>(params.delivery)
  const delivery = id && (await deliveryById(ctx.db, release.id, id))
  const standing = id && (await standingOfDelivery(ctx.db, release.id, id))
  if (!delivery || !standing) throw new Refusal('release.not_found')
  const outlet = await outletById(ctx.db, delivery.outletId)
  const [body] = await organisationsWhere(ctx.db, [delivery.organisationId])
  const gateways = delivery.gatewayId ? await gatewaysOf(ctx.db, delivery.channel) : []
  const question = { releaseId: release.id, deliveryId: delivery.id, arrived: true, note: '' }
  const refusal = await resolveUnknown.whyNot(ctx, question)
  const { releasedBy } = release
  return {
    delivery,
    standing,
    title: await titleOf(ctx, release),
    kind: release.kind,
    /** Sent again only while the release runs. */
    runs: release.cancelledAt === null,
    presser: (releasedBy && (await namesOfPeople(ctx.db, [releasedBy])).get(releasedBy)) ?? '',
    outlet: { id: delivery.outletId, name: outlet?.name ?? '', isStation: outlet?.kind === 'station' },
    body: body?.name ?? '',
    gateway: gateways.find((gateway) => gateway.id === delivery.gatewayId)?.name ?? null,
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
