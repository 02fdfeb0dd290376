import { CHANNELS } from '#core/channel/index.ts'
import { dayAt } from '#core/kernel/index.ts'
import { keepPrice, pricesOf } from '#core/release/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const today = dayAt(ctx.clock.now())
  const prices = await pricesOf(ctx.db)
  const current = new Set<string>()
  const refusal = await keepPrice.whyNot(ctx, { channel: 'sms', validFrom: today, dongPerUnit: 0, source: '' })
  return {
    today,
    channels: CHANNELS.map((key) => ({ value: key, name: w(`channel_${key}`) })),
    prices: prices.map((price) => {
      const holds = price.validFrom <= today && !current.has(price.channel)
      if (holds) current.add(price.channel)
      return {
        ...price,
        state: holds ? ('now' as const) : price.validFrom > today ? ('later' as const) : ('past' as const),
      }
    }),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  default: act(keepPrice, {
    input: (data) => ({
      channel: CHANNELS.find((key) => key === fieldOf(data, 'channel')) ?? 'sms',
      validFrom: fieldOf(data, 'validFrom'),
      // As Vietnamese write it: a comma before the decimals.
      dongPerUnit: Number(fieldOf(data, 'dongPerUnit').replace(',', '.') || NaN),
      source: fieldOf(data, 'source'),
    }),
    then: () => `${paths.releasePrices}?done=price_kept`,
  }),
}
