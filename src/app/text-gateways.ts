import { readBrought, receiptToken, type Brought } from '../channels/sms/http/receipts.ts'
import { SENTINELS } from '../channels/sms/simulators/sentinels.ts'
import { smsSender } from '../channels/sms/sms-sender.ts'
import { gatewayByCode, type Gateway } from '../core/gateway/index.ts'
import { asSystem, type Ctx } from '../core/kernel/index.ts'
import { noteReceipts, type Outcome } from '../core/release/index.ts'
import { endByStopWord } from '../core/subscriber/index.ts'

/** A number of nobody that a simulator treats as everybody's. */
const ORDINARY = '84900000200'
const NUMBERS: Readonly<Record<string, string>> = {
  ordinary: ORDINARY,
  ...Object.fromEntries(Object.entries(SENTINELS).map(([number, what]) => [what, number])),
}

/** What can be tried of a gateway; worded under `gateway_try_<what>`. None where people stand behind it. */
export function triesOf({ channel, simulated }: Pick<Gateway, 'channel' | 'simulated'>): string[] {
  return simulated && channel === smsSender.channel ? Object.keys(NUMBERS) : []
}

/** Sends one text by a simulated gateway and waits for what comes of it, up to ten seconds. */
export function tryOut(ctx: Ctx, gateway: Gateway, what: string): Promise<Outcome> {
  return smsSender.tryOut(ctx, gateway, NUMBERS[what] ?? ORDINARY)
}

/** Keeps what an HTTP gateway brings; answers the status of HTTP for it, success only when it is kept for good. */
export async function takeBrought(ctx: Ctx, code: string, brought: Brought): Promise<204 | 401 | 404> {
  const own = asSystem(ctx, 'sms')
  const gateway = await gatewayByCode(own.db, code)
  if (gateway?.kind !== 'http') return 404
  const read = readBrought(gateway, await secretOf(own, gateway), brought, own.clock.now())
  if (!read) return 401
  await noteReceipts(own, read.receipts)
  for (const contact of read.endFor) {
    await endByStopWord(own, { contactKind: 'phone', contact })
  }
  return 204
}

/** What a gateway that can sign nothing shows instead; null where it brings nothing, or has no secret. */
export async function tokenOf(ctx: Ctx, gateway: Gateway): Promise<string | null> {
  const secret = gateway.kind === 'http' ? await secretOf(ctx, gateway) : ''
  return secret === '' ? null : receiptToken(gateway.code, secret)
}

async function secretOf(ctx: Ctx, { id, secretSealed }: Gateway): Promise<string> {
  return secretSealed === null ? '' : ((await ctx.secrets.open(secretSealed, `gateway:${id}`)) ?? '')
}
