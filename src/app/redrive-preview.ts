import { payloadOf } from '../channels/webhook/payload.ts'
import { linesOf, readMarkup } from '../core/channel/index.ts'
import { Refusal, type Ctx, type Id } from '../core/kernel/index.ts'
import { outletById } from '../core/outlet/index.ts'
import { deliveryById, releaseById, whyNotRedrive } from '../core/release/index.ts'
import { approvedContent } from '../core/review/index.ts'

/** What would leave if a row were sent once more: to whom, and what it says there. */
export interface RedrivePreview {
  readonly outlet: string
  readonly address: string
  readonly channel: string
  readonly texts: readonly { readonly language: string; readonly title: string; readonly lines: readonly string[] }[]
  /** The very call, where it is one; null for other channels. */
  readonly payload: string | null
}

/** @throws Refusal where the row may not be sent once more */
export async function previewRedrive(
  ctx: Ctx,
  releaseId: Id<'release'>,
  deliveryId: Id<'delivery'>,
): Promise<RedrivePreview> {
  const release = await releaseById(ctx.db, releaseId)
  const row = await deliveryById(ctx.db, releaseId, deliveryId)
  const outlet = row && (await outletById(ctx.db, row.outletId))
  if (!release || !row || !outlet) throw new Refusal('release.not_found')
  const refusal = whyNotRedrive(row, release, ctx.clock.now())
  if (refusal) throw refusal
  const content = await approvedContent(ctx.db, release.messageId, release.contentHash)
  const renditions = (content?.renditions ?? []).filter(({ id }) => row.renditions.some((given) => given === id))
  const { messageId, kind, ofReleaseId, lane } = release
  const { recipientId, corrects, expiresAt, attempts: attempt } = row
  const of = { deliveryId, releaseId, messageId, ofReleaseId, kind, lane, recipientId, corrects, expiresAt, attempt }
  return {
    outlet: outlet.name,
    address: outlet.address,
    channel: row.channel,
    texts: renditions.map(({ language, fields }) => ({
      language,
      title: fields['title'] ?? '',
      lines: linesOf(readMarkup(fields['body'] ?? Object.values(fields)[0] ?? '')),
    })),
    payload: row.channel === 'webhook' ? payloadOf({ ...of, outlet, gateway: null, renditions }) : null,
  }
}
