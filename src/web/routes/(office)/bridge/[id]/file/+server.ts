import { exchangeById, whyNotTake } from '#core/bridge/index.ts'
import { Refusal, refuseIf } from '#core/kernel/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { RequestHandler } from './$types.ts'

/** The file of an exchange, to the byte. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  refuseIf(await whyNotTake(ctx))
  const id = givenId<'bridge_exchange'>(params.id)
  const exchange = id && (await exchangeById(ctx.db, id))
  if (!exchange) throw new Refusal('bridge.not_found')
  const mime = exchange.name.endsWith('.json') ? 'application/json' : 'application/zip'
  return sendFile({ bytes: await ctx.files.get(exchange.sha256), name: exchange.name, mime })
}
