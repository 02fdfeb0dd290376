import { CHANNELS, MESSAGE_KINDS, type MessageKind } from '#core/channel/index.ts'
import { Refusal, ROLES } from '#core/kernel/index.ts'
import { ORGANISATION_KINDS } from '#core/organisation/index.ts'
import { setSteps, STEP_NAMES, stepsOf } from '#core/review/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const ROWS = 6

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const kind = kindOf(url.searchParams.get('kind'))
  const steps = await stepsOf(ctx.db, kind)
  const refusal = await setSteps.whyNot(ctx, { messageKind: kind, steps: [] })
  return {
    kind,
    kinds: MESSAGE_KINDS.map((one) => ({ value: one, name: w(`message_kind_${one}`) })),
    steps: Array.from({ length: ROWS }, (_, at) => steps[at] ?? null),
    names: STEP_NAMES.map((name) => ({ value: name, name: w(`review_step_${name}`) })),
    roles: ROLES.map((role) => ({ value: role, name: w(`role_${role}`) })),
    bodies: ORGANISATION_KINDS.map((one) => ({ value: one, name: w(`organisation_kind_${one}`) })),
    channels: CHANNELS.map((one) => ({ value: one, name: w(`channel_${one}`) })),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

function kindOf(asked: string | null): MessageKind {
  return MESSAGE_KINDS.find((kind) => kind === asked) ?? 'news'
}

export const actions: Actions = {
  default: act(setSteps, {
    input: (data, { url }) => {
      const rows = Array.from({ length: ROWS }, (_, at) => at).filter((at) => fieldOf(data, `ordinal${at}`) !== '')
      if (rows.length === 0) throw new Refusal('review.no_steps')
      return {
        messageKind: kindOf(url.searchParams.get('kind')),
        steps: rows.map((at) => ({
          ordinal: Number(fieldOf(data, `ordinal${at}`)),
          name: STEP_NAMES.find((name) => name === fieldOf(data, `name${at}`)) ?? 'edit',
          role: ROLES.find((role) => role === fieldOf(data, `role${at}`)) ?? 'reviewer',
          organisationKinds: ORGANISATION_KINDS.filter((kind) => data.getAll(`kinds${at}`).includes(kind)),
          channels: CHANNELS.filter((channel) => data.getAll(`channels${at}`).includes(channel)),
          days: Number(fieldOf(data, `days${at}`)),
        })),
      }
    },
    then: (_result, { url }) => `${url.pathname}?kind=${kindOf(url.searchParams.get('kind'))}&done=steps_set`,
  }),
}
