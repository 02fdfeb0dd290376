import { dayAt, Refusal, type Ctx } from '#core/kernel/index.ts'
import {
  describeMedia,
  locationOf,
  mediaById,
  mediaLike,
  whyNotUse,
  withdrawMedia,
  type Media,
} from '#core/media/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { aboutOf } from '../about-of-form.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const media = await mediaOf(ctx, params.id)
  const unusable = whyNotUse(media, dayAt(ctx.clock.now()))
  const refusal = await withdrawMedia.whyNot(ctx, { mediaId: media.id, reason: '' })
  return {
    media,
    whyNotUse: unusable && sentenceOf(w, unusable),
    whyNot: refusal && sentenceOf(w, refusal),
    alike: (await mediaLike(ctx.db, media.id)).map(({ id, title, alternative }) => ({ id, title, alternative })),
    location: refusal ? null : await locationOf(ctx.db, media.id),
  }
}

async function mediaOf(ctx: Ctx, given: string): Promise<Media> {
  const id = givenId<'media'>(given)
  const media = id && (await mediaById(ctx.db, id))
  if (!media) throw new Refusal('media.not_found')
  return media
}

type Here = { readonly params: Partial<Record<string, string>> }
const here =
  (done: string) =>
  (_result: unknown, { params }: Here) =>
    `${paths.oneMedia(params.id ?? '')}?done=${done}`

export const actions: Actions = {
  describe: act(describeMedia, {
    input: (data, { params }) => ({ ...aboutOf(data), mediaId: params.id ?? '' }),
    then: here('media_described'),
  }),
  withdraw: act(withdrawMedia, {
    input: (data, { params }) => ({ mediaId: params.id ?? '', reason: fieldOf(data, 'reason') }),
    then: here('media_withdrawn'),
  }),
}
