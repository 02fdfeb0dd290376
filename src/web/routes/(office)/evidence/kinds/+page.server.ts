import { sentenceOf } from '#app/wording/words.ts'
import { CHANNELS } from '#core/channel/index.ts'
import { BREAKDOWNS, keepIndicator, keepKind, keepPart, readCatalogue } from '#core/evidence/index.ts'
import { dayAt } from '#core/kernel/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { indicatorOf, kindOf, partOf } from './catalogue-of-form.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const catalogue = await readCatalogue(ctx.db)
  const refusal = await keepPart.whyNot(ctx, { breakdown: 'sex', code: 'x', name: 'x', ordinal: 0, endedOn: null })
  const channels = CHANNELS.map((key) => ({ value: key, name: w(`channel_${key}`) }))
  return {
    ...catalogue,
    today: dayAt(ctx.clock.now()),
    channels,
    breakdowns: BREAKDOWNS.map((one) => ({ value: one, name: w(`evidence_by_${one}`) })),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

const here = (done: string) => () => `${paths.evidenceKinds}?done=evidence_${done}`

export const actions: Actions = {
  kind: act(keepKind, {
    input: async (data, { locals: { ctx } }) => kindOf(data, await readCatalogue(ctx.db)),
    then: here('kind_kept'),
  }),
  indicator: act(keepIndicator, { input: indicatorOf, then: here('indicator_kept') }),
  part: act(keepPart, { input: partOf, then: here('part_kept') }),
  /** Ends one, or takes it up again. */
  end: act(keepKind, {
    async input(data, { locals: { ctx } }) {
      const kind = (await readCatalogue(ctx.db)).kinds.find(({ code }) => code === fieldOf(data, 'code'))
      const given = kindOf(data, await readCatalogue(ctx.db))
      if (!kind) return given
      const channel = CHANNELS.find((one) => one === kind.channel) ?? 'other'
      const endedOn = kind.endedOn === null ? dayAt(ctx.clock.now()) : null
      return { ...kind, channel, endedOn, indicators: [...kind.indicators] }
    },
    then: here('kind_kept'),
  }),
}
