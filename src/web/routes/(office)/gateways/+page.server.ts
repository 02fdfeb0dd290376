import { addGateway, gatewayKinds, gatewaysOf, minutesOf } from '#core/gateway/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { paths } from '#web/paths.ts'
import { sumOf } from './sum-of.ts'
import type { PageServerLoad } from './$types.ts'

const LOOK_BACK_MINUTES = 15

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const since = new Date(ctx.clock.now().getTime() - LOOK_BACK_MINUTES * 60_000)
  const gateways = []
  for (const one of await gatewaysOf(ctx.db, null)) {
    const { sent, bad } = sumOf(await minutesOf(ctx.db, one.id, since))
    gateways.push({
      key: one.id,
      href: paths.gateway(one.code),
      name: one.name,
      channel: w(`channel_${one.channel}`),
      kind: w(`gateway_kind_${one.kind}`),
      simulated: one.simulated,
      paused: one.pausedAt !== null,
      share: one.share,
      shareNow: one.shareNow,
      sent,
      bad,
    })
  }
  const refusal = await addGateway.whyNot(ctx, NOTHING)
  return {
    gateways,
    kinds: gatewayKinds().map(({ channel, kind }) => ({
      href: `${paths.gatewaysNew}?channel=${channel}&kind=${kind}`,
      name: w('gateways_add', { channel: w(`channel_${channel}`), kind: w(`gateway_kind_${kind}`) }),
    })),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

/** Who may add one does not hang on what it is. */
const NOTHING = {
  code: '',
  channel: 'sms' as const,
  kind: '',
  name: '',
  organisation: '',
  settings: {},
  secret: '',
  share: 100,
  ratePerSecond: 1,
  windowSize: 1,
  simulated: true,
}
