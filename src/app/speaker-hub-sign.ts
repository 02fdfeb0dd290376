import type { Ctx } from '../core/kernel/index.ts'
import { nextNumbers, type Numbering, type SigningKey, type TrustedKey } from '../core/station/index.ts'
import { seal } from '../platform/speakers/envelope.ts'
import { VERSION, type Down, type DownBody, type ProvinceKey } from '../platform/speakers/protocol.ts'

/** A message before it has its number and its signature. */
export interface Unsigned extends Numbering {
  readonly body: DownBody
}

/** Gives messages their numbers, all in one statement, and puts each under the signature of the province. */
export async function signedAll(ctx: Ctx, messages: readonly Unsigned[], key: SigningKey): Promise<Buffer[]> {
  const issuedAt = ctx.clock.now()
  const numbers = await nextNumbers(ctx.db, messages, issuedAt)
  return messages.map(({ recipient, body, validUntil }, at) => {
    const down: Down = {
      v: VERSION,
      to: recipient,
      seq: numbers[at] ?? 0,
      issuedAt: issuedAt.toISOString(),
      validUntil: validUntil.toISOString(),
      body,
    }
    return seal(down, key)
  })
}

export async function signed(ctx: Ctx, message: Unsigned, key: SigningKey): Promise<Buffer> {
  const [bytes] = await signedAll(ctx, [message], key)
  if (!bytes) throw new Error('a message that was signed is there')
  return bytes
}

/** A key as a device is told of it. */
export function toldKey({ id, publicKey, until }: TrustedKey): ProvinceKey {
  return { id, publicKey, ...(until && { until: until.toISOString() }) }
}
