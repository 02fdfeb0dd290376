import { blurFaces } from '#app/media-files.ts'
import { dayAt, Refusal, refuseIf, type Ctx } from '#core/kernel/index.ts'
import {
  addMedia,
  answerForFaces,
  describeMedia,
  locationOf,
  makeSizesAgain,
  mediaById,
  mediaLike,
  whyNotInStory,
  whyNotUse,
  withdrawMedia,
  type Media,
} from '#core/media/index.ts'
import { messagesUsing } from '#core/message/index.ts'
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
  const inStory = whyNotInStory(media)
  const answering = await answerForFaces.whyNot(ctx, { mediaId: media.id, answer: '' })
  const uses = await messagesUsing(ctx.db, media.id, MOST_USES + 1)
  const original = media.madeFrom && (await mediaById(ctx.db, media.madeFrom))
  return {
    media,
    madeFrom: original && { id: original.id, title: original.title },
    whyNotInStory: inStory && sentenceOf(w, inStory),
    whyNotAnswer: answering && sentenceOf(w, answering),
    uses: uses.slice(0, MOST_USES).map(({ id, workingTitle }) => ({ id, title: workingTitle })),
    moreUses: uses.length > MOST_USES,
    whyNotUse: unusable && sentenceOf(w, unusable),
    whyNot: refusal && sentenceOf(w, refusal),
    alike: (await mediaLike(ctx.db, media.id)).map(({ id, title, alternative }) => ({ id, title, alternative })),
    location: refusal ? null : await locationOf(ctx.db, media.id),
  }
}

const MOST_USES = 20

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
    input: (data, { params }) => ({
      ...aboutOf(data),
      mediaId: params.id ?? '',
      basedOn: Number(fieldOf(data, 'basedOn')),
    }),
    then: here('media_described'),
  }),
  withdraw: act(withdrawMedia, {
    input: (data, { params }) => ({ mediaId: params.id ?? '', reason: fieldOf(data, 'reason') }),
    then: here('media_withdrawn'),
  }),
  answer: act(answerForFaces, {
    input: (data, { params }) => ({ mediaId: params.id ?? '', answer: fieldOf(data, 'answer') }),
    then: here('media_answered'),
  }),
  blur: act(addMedia, {
    input: async (_data, { params, locals: { ctx, w } }) => {
      const media = await mediaOf(ctx, params.id ?? '')
      refuseIf(await withdrawMedia.whyNot(ctx, { mediaId: media.id, reason: '' }))
      const { organisationId, alternative, rightsOwner, rightsTerms, rightsUntil } = media
      const title = w('media_blurred_title', { title: media.title })
      const about = { organisationId, title, alternative, rightsOwner, rightsTerms, rightsUntil }
      return { ...about, fileName: `${media.id}.jpg`, madeFrom: media.id, file: await blurFaces(ctx, media) }
    },
    then: ({ mediaId }) => `${paths.oneMedia(mediaId)}?done=media_blurred`,
  }),
  again: act(makeSizesAgain, {
    input: (_data, { params }) => ({ mediaId: params.id ?? '' }),
    then: here('media_again'),
  }),
}
