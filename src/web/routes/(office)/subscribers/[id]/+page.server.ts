import { sentenceOf } from '#app/wording/words.ts'
import { refuseIf, whyNotSee } from '#core/kernel/index.ts'
import { languageOf } from '#core/message/index.ts'
import { outletsByIds } from '#core/outlet/index.ts'
import {
  eraseEffect,
  eraseSubscriber,
  exportSubscriber,
  liftSuppression,
  LIST_KEEPERS,
  maskedContacts,
  subscriberOf,
  subscriptionsOf,
  suppressSubscriber,
  whyNotErase,
} from '#core/subscriber/index.ts'
import { act } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  refuseIf(whyNotSee(ctx, LIST_KEEPERS))
  const subscriber = await subscriberOf(ctx, givenId<'subscriber'>(params.id))
  const { id, contactKind, contactSealed, language, createdAt, suppressedAt, suppressedReason } = subscriber
  const subscriptions = await subscriptionsOf(ctx.db, id)
  const outlets = await outletsByIds(
    ctx.db,
    subscriptions.map(({ outletId }) => outletId),
  )
  const [contact] = await maskedContacts(ctx, contactKind, [{ subscriberId: id, contactSealed }])
  const maySuppress = await suppressSubscriber.whyNot(ctx, { subscriberId: id, reason: 'hand' })
  const mayErase = (await eraseSubscriber.whyNot(ctx, { subscriberId: id })) ?? whyNotErase(subscriber)
  const mayExport = await exportSubscriber.whyNot(ctx, { subscriberId: id })
  return {
    id: id as string,
    contact: contact ?? null,
    contactKind,
    language: language && languageOf(language).ownName,
    createdAt,
    suppressedAt,
    suppressedReason,
    lists: subscriptions.map((one) => ({ ...one, name: outlets.get(one.outletId)?.name ?? '' })),
    effect: await eraseEffect(ctx, subscriber),
    whyNotSuppress: maySuppress && sentenceOf(w, maySuppress),
    whyNotErase: mayErase && sentenceOf(w, mayErase),
    whyNotExport: mayExport && sentenceOf(w, mayExport),
  }
}

const here = (id: string | undefined, done: string) => `${paths.subscriber(id ?? '')}?done=${done}`

export const actions: Actions = {
  suppress: act(suppressSubscriber, {
    input: (_data, { params }) => ({ subscriberId: params['id'] ?? '', reason: 'hand' as const }),
    then: (_result, { params }) => here(params['id'], 'contact_suppressed'),
  }),
  lift: act(liftSuppression, {
    input: (_data, { params }) => ({ subscriberId: params['id'] ?? '' }),
    then: (_result, { params }) => here(params['id'], 'suppression_lifted'),
  }),
  erase: act(eraseSubscriber, {
    input: (_data, { params }) => ({ subscriberId: params['id'] ?? '' }),
    then: (_result, { params }) => here(params['id'], 'subscriber_erased'),
  }),
}
