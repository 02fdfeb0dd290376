import { sendingsOf } from '#core/carrier/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { RequestHandler } from './$types.ts'

/** What a carrier reported, to keep: never shown in the page, whatever is in it. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  const id = givenId<'carrier_request'>(params.id)
  const sendings = id ? await sendingsOf(ctx.db, id) : []
  const receipt = sendings.find(({ deliveryId }) => deliveryId === params.delivery)?.receipt
  if (!receipt) throw new Refusal('carrier.not_found')
  const bytes = await ctx.files.get(receipt.sha256)
  return sendFile({ bytes, name: receipt.fileName, mime: 'application/octet-stream' })
}
