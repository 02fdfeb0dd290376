import {
  gatewayByCode,
  gatewayKindOf,
  minutesOf,
  pauseGateway,
  resumeGateway,
  setGateway,
  shiftsOf,
  tryGateway,
  type Gateway,
} from '#core/gateway/index.ts'
import { Refusal, type Ctx } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { unmatchedReceipts } from '#core/release/index.ts'
import { tokenOf, triesOf, tryOut } from '#app/text-gateways.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { refuseForm } from '#web/forms/refused.ts'
import { paths } from '#web/paths.ts'
import { gatewayOfForm, settingsShown } from '../gateway-form.ts'
import { organisationChoices } from '../organisations.ts'
import { sumOf } from '../sum-of.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const LOOK_BACK_MINUTES = 15
const SHIFTS = 10

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const gateway = await gatewayOf(ctx, params.code)
  const refusal = await resumeGateway.whyNot(ctx, { gatewayId: gateway.id })
  const since = new Date(ctx.clock.now().getTime() - LOOK_BACK_MINUTES * 60_000)
  const minutes = await minutesOf(ctx.db, gateway.id, since)
  const [body] = gateway.organisationId ? await organisationsWhere(ctx.db, [gateway.organisationId]) : []
  const { settings, secretSealed, ...rest } = gateway
  return {
    gateway: { ...rest, organisation: body?.code ?? '', hasSecret: secretSealed !== null },
    body: body?.name ?? null,
    kind: w(`gateway_kind_${gateway.kind}`),
    minutes: minutes.toReversed(),
    sum: sumOf(minutes),
    shifts: await shiftsOf(ctx.db, gateway.id, SHIFTS),
    unmatched: await unmatchedReceipts(ctx.db, gateway.id, since),
    tries: triesOf(gateway).map((value) => ({ value, name: w(`gateway_try_${value}`) })),
    whyNot: refusal && sentenceOf(w, refusal),
    // Where it stands and whose it is are for those who may change it.
    settings: refusal ? [] : settingsShown(w, gatewayKindOf(gateway.channel, gateway.kind).fields, settings),
    organisations: refusal ? [] : await organisationChoices(ctx, w),
    receiptAddress: refusal ? null : await receiptAddressOf(ctx, gateway, url.origin),
  }
}

async function gatewayOf(ctx: Ctx, code: string): Promise<Gateway> {
  const gateway = await gatewayByCode(ctx.db, code)
  if (!gateway) throw new Refusal('gateway.not_found')
  return gateway
}

/** What an HTTP gateway is told to call. */
async function receiptAddressOf(ctx: Ctx, gateway: Gateway, origin: string): Promise<string | null> {
  const token = await tokenOf(ctx, gateway)
  return token && `${origin}${paths.gatewayReceipts(gateway.code)}?token=${token}`
}

interface Asked {
  readonly locals: App.Locals
  readonly params: { readonly code?: string | undefined }
}
const idOf = async ({ locals: { ctx }, params }: Asked) => (await gatewayOf(ctx, params.code ?? '')).id
const back =
  (done: string) =>
  (_result: unknown, { params }: Pick<Asked, 'params'>) =>
    `${paths.gateway(params.code ?? '')}?done=${done}`

export const actions: Actions = {
  set: act(setGateway, {
    input: async (data, event) => {
      const gateway = await gatewayOf(event.locals.ctx, event.params.code ?? '')
      const { fields } = gatewayKindOf(gateway.channel, gateway.kind)
      return { gatewayId: gateway.id, ...gatewayOfForm(data, fields) }
    },
    then: back('gateway_set'),
  }),
  pause: act(pauseGateway, {
    input: async (data, event) => ({ gatewayId: await idOf(event), reason: fieldOf(data, 'reason') }),
    then: back('gateway_paused'),
  }),
  resume: act(resumeGateway, {
    input: async (_data, event) => ({ gatewayId: await idOf(event) }),
    then: back('gateway_resumed'),
  }),
  try: async (event) => {
    const data = await event.request.formData()
    const { ctx } = event.locals
    try {
      const what = fieldOf(data, 'what')
      const gateway = await tryGateway(ctx, { gatewayId: await idOf(event), what })
      return { typed: { what }, problems: [], shown: await tryOut(ctx, gateway, what) }
    } catch (thrown) {
      return refuseForm(event, thrown, data)
    }
  },
}
