import { addGateway, gatewayKindOf } from '#core/gateway/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { gatewayOfForm, settingsShown } from '../gateway-form.ts'
import { organisationChoices } from '../organisations.ts'
import type { Actions, PageServerLoad } from './$types.ts'

/** The kind that the address names. @throws Refusal `gateway.kind_unknown` */
function kindOf(url: URL) {
  return gatewayKindOf(url.searchParams.get('channel') ?? '', url.searchParams.get('kind') ?? '')
}

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const { channel, kind, fields } = kindOf(url)
  const wish = gatewayOfForm(new FormData(), fields)
  const refusal = await addGateway.whyNot(ctx, { ...wish, code: '', channel, kind })
  return {
    title: w('gateways_add', { channel: w(`channel_${channel}`), kind: w(`gateway_kind_${kind}`) }),
    settings: settingsShown(w, fields, {}),
    organisations: await organisationChoices(ctx, w),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  default: act(addGateway, {
    input: (data, { url }) => {
      const { channel, kind, fields } = kindOf(url)
      return { ...gatewayOfForm(data, fields), code: fieldOf(data, 'code').toUpperCase(), channel, kind }
    },
    then: () => `${paths.gateways}?done=gateway_added`,
  }),
}
