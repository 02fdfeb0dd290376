import { Refusal, refuseIf } from '#core/kernel/index.ts'
import { whyNotWatch } from '#core/takeover/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { takeoverNamed } from '../../one-takeover.ts'
import type { RequestHandler } from './$types.ts'

/** All that was sent to the devices, for who asked and those who might have approved. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, request }) => {
  const takeover = await takeoverNamed(ctx, params.id)
  refuseIf(await whyNotWatch(ctx, takeover))
  if (!takeover.sha256 || !(await ctx.files.has(takeover.sha256))) throw new Refusal('takeover.not_found')
  const bytes = await ctx.files.get(takeover.sha256)
  const range = request.headers.get('range')
  return sendFile({ bytes, name: `${takeover.sha256}.mp3`, mime: 'audio/mpeg', inline: true, range })
}
