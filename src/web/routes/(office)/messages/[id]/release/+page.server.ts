import { CHANNELS } from '#core/channel/index.ts'
import { placeById } from '#core/place/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { renditionsOf } from '#core/message/index.ts'
import { LANES, proposeRelease, releasesWhere } from '#core/release/index.ts'
import { approvalOf, reviewsOf } from '#core/review/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { momentOf, momentTyped } from '#web/forms/moment.ts'
import { placesNamed } from '#web/forms/named.ts'
import { paths } from '#web/paths.ts'
import { messageOf } from '../../one-message.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const MOST = 50

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const message = await messageOf(ctx, params.id)
  const channels = new Set((await renditionsOf(ctx.db, message.id)).map(({ channel }) => channel))
  const approved = approvalOf(message, await reviewsOf(ctx.db, message.id)) === 'approved'
  const refusal =
    (await proposeRelease.whyNot(ctx, { messageId: message.id } as Parameters<typeof proposeRelease.whyNot>[1])) ?? // who may depends on the message alone
    (approved ? null : new Refusal('release.not_approved'))
  const places = await Promise.all(message.places.map((id) => placeById(ctx.db, id as Parameters<typeof placeById>[1]))) // as the message keeps them
  return {
    message: { id: message.id, title: message.workingTitle },
    channels: CHANNELS.filter((key) => channels.has(key)).map((key) => ({ value: key, name: w(`channel_${key}`) })),
    lanes: [...LANES].reverse().map((lane) => ({ value: lane, name: w(`release_lane_${lane}`) })),
    places: places.map((place) => place?.name ?? '').join('; '),
    startsAt: momentTyped(message.embargoUntil ?? ctx.clock.now()),
    endsAt: message.validUntil ? `${message.validUntil}T23:59` : '',
    words: w('release_words_default', { title: message.workingTitle }),
    releases: await releasesWhere(ctx.db, message.id, null, MOST),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  default: act(proposeRelease, {
    input: async (data, { params, locals: { ctx } }) => ({
      messageId: params.id ?? '',
      channels: CHANNELS.filter((key) => data.getAll('channels').includes(key)),
      places: await placesNamed(ctx, fieldOf(data, 'places'), 'places'),
      startsAt: momentOf(fieldOf(data, 'startsAt'), 'startsAt') ?? ctx.clock.now(),
      endsAt: momentOf(fieldOf(data, 'endsAt'), 'endsAt'),
      lane: LANES.find((lane) => lane === fieldOf(data, 'lane')) ?? 'ordinary',
      laneReason: fieldOf(data, 'laneReason'),
      words: fieldOf(data, 'words'),
    }),
    then: (id) => `${paths.release(id)}?done=release_proposed`,
  }),
}
