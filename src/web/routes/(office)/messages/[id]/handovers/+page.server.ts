import { CHANNELS } from '#core/channel/index.ts'
import { dayAt, Refusal } from '#core/kernel/index.ts'
import { handoversOf, renditionsOf } from '#core/message/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { approvalOf, recordHandover, reviewsOf } from '#core/review/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { bodyNamed } from '#web/forms/named.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths, withQuery } from '#web/paths.ts'
import { messageOf } from '../../one-message.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const message = await messageOf(ctx, params.id)
  const id = givenId(url.searchParams.get('id'))
  const at = new Date(url.searchParams.get('at') ?? '')
  const before = id && !Number.isNaN(at.getTime()) ? { id, recordedAt: at } : null
  const found = await handoversOf(ctx.db, message.id, before, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const bodies = await organisationsWhere(ctx.db, [...new Set(shown.map(({ organisationId }) => organisationId))])
  const names = new Map(bodies.map(({ id: own, name }) => [own, name]))
  const approved = approvalOf(message, await reviewsOf(ctx.db, message.id)) === 'approved'
  const channels = new Set((await renditionsOf(ctx.db, message.id)).map(({ channel }) => channel))
  const refusal =
    (await recordHandover.whyNot(ctx, { ...NOTHING, messageId: message.id })) ??
    (approved ? null : new Refusal('review.not_approved'))
  return {
    message: { id: message.id, title: message.workingTitle },
    handovers: shown.map(({ id: own, organisationId, channel, handedOn, note, contentHash, recallTaskId }) => ({
      id: own,
      body: names.get(organisationId) ?? '',
      channel: w(`channel_${channel}`),
      handedOn,
      note,
      hash: contentHash.slice(0, 12),
      recallTaskId,
    })),
    channels: CHANNELS.filter((key) => channels.has(key)).map((key) => ({ value: key, name: w(`channel_${key}`) })),
    today: dayAt(ctx.clock.now()),
    whyNot: refusal && sentenceOf(w, refusal),
    first: before ? withQuery(url, { id: null, at: null }) : null,
    next: last ? withQuery(url, { id: last.id, at: last.recordedAt.toISOString() }) : null,
  }
}

const NOTHING = { channel: 'portal' as const, organisationId: '' as never, handedOn: '', note: '' }

export const actions: Actions = {
  default: act(recordHandover, {
    input: async (data, { params, locals: { ctx } }) => ({
      messageId: params.id ?? '',
      organisationId: (await bodyNamed(ctx, fieldOf(data, 'organisation'), 'organisation')).id,
      channel: CHANNELS.find((key) => key === fieldOf(data, 'channel')) ?? 'other',
      handedOn: fieldOf(data, 'handedOn'),
      note: fieldOf(data, 'note'),
    }),
    then: (_result, { params }) => `${paths.messageHandovers(params.id ?? '')}?done=handed_over`,
  }),
}
