import type { Ctx } from '../core/kernel/index.ts'
import { nextNumber, type MessageKind, type SigningKey } from '../core/station/index.ts'
import { seal } from '../platform/speakers/envelope.ts'
import { VERSION, type Down, type DownBody } from '../platform/speakers/protocol.ts'

/** Gives a message its number and puts it under the signature of the province. */
export async function signed(
  ctx: Ctx,
  message: {
    /** `s/<station code>` or `d/<device id>` */
    readonly recipient: string
    readonly kind: MessageKind
    readonly body: DownBody
    readonly validUntil: Date
  },
  key: SigningKey,
): Promise<Buffer> {
  const { recipient, kind, body, validUntil } = message
  const issuedAt = ctx.clock.now()
  const seq = await nextNumber(ctx.db, { recipient, kind }, issuedAt, validUntil)
  const down: Down = {
    v: VERSION,
    to: recipient,
    seq,
    issuedAt: issuedAt.toISOString(),
    validUntil: validUntil.toISOString(),
    body,
  }
  return seal(down, key)
}
