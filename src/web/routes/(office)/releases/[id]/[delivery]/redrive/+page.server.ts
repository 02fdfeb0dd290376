import { previewRedrive } from '#app/redrive-preview.ts'
import { Refusal } from '#core/kernel/index.ts'
import { redriveDelivery } from '#core/release/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const [releaseId, deliveryId] = [givenId<'release'>(params.id), givenId<'delivery'>(params.delivery)]
  if (!releaseId || !deliveryId) throw new Refusal('release.not_found')
  const refusal = await redriveDelivery.whyNot(ctx, { releaseId, deliveryId, reason: '-' })
  const preview = await previewRedrive(ctx, releaseId, deliveryId)
  return {
    ...{ releaseId: releaseId as string, deliveryId: deliveryId as string },
    preview: {
      ...preview,
      payload: preview.payload === null ? null : JSON.stringify(JSON.parse(preview.payload), null, 2),
    },
    bytes: preview.payload === null ? null : Buffer.byteLength(preview.payload),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  default: act(redriveDelivery, {
    input: (data, { params }) => ({
      releaseId: params['id'] ?? '',
      deliveryId: params['delivery'] ?? '',
      reason: fieldOf(data, 'reason'),
    }),
    then: (_result, { params }) =>
      `${paths.delivery(params['id'] ?? '', params['delivery'] ?? '')}?done=delivery_redriven`,
  }),
}
