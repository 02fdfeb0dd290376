import { CHANNELS } from '#core/channel/index.ts'
import { allRules, consentOf, recordConsent, withdrawConsent } from '#core/message/index.ts'
import { dayAt, Refusal } from '#core/kernel/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { placesToRecall, messageOf } from '../../one-message.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const message = await messageOf(ctx, params.id)
  if (message.kind !== 'story') throw new Refusal('message.not_a_story')
  const refusal = await withdrawConsent.whyNot(ctx, { messageId: message.id, reason: '', recall: '' })
  return {
    message: { id: message.id, title: message.workingTitle },
    consent: await consentOf(ctx.db, message.id),
    channels: allRules().map(({ key }) => ({ value: key, name: w(`channel_${key}`) })),
    recalled: await placesToRecall(ctx, message.id),
    recallWords: w('recall_words', { title: message.workingTitle }),
    today: dayAt(ctx.clock.now()),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  record: act(recordConsent, {
    input: (data, { params }) => ({
      messageId: params.id ?? '',
      who: fieldOf(data, 'who'),
      pseudonym: fieldOf(data, 'pseudonym'),
      scope: fieldOf(data, 'scope'),
      channels: CHANNELS.filter((key) => data.getAll('channels').includes(key)),
      ofChild: fieldOf(data, 'age') !== 'adult',
      underSeven: fieldOf(data, 'age') === 'under_seven',
      guardianAgreed: fieldOf(data, 'guardianAgreed') === 'on',
      childAgreed: fieldOf(data, 'childAgreed') === 'on',
      givenOn: fieldOf(data, 'givenOn'),
    }),
    then: (_result, { params }) => `${paths.messageConsent(params.id ?? '')}?done=consent_recorded`,
  }),
  withdraw: act(withdrawConsent, {
    input: (data, { params }) => ({
      messageId: params.id ?? '',
      reason: fieldOf(data, 'reason'),
      recall: fieldOf(data, 'recall'),
    }),
    then: (_result, { params }) => `${paths.message(params.id ?? '')}?done=consent_withdrawn`,
  }),
}
