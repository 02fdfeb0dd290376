import { proposalById } from '#core/bridge/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { RequestHandler } from './$types.ts'

/** The recording that came with a bulletin from above. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, request }) => {
  const id = givenId<'bridge_proposal'>(params.id)
  const proposal = id && (await proposalById(ctx.db, id))
  const sound = proposal?.bulletin.sound
  if (!sound || !(await ctx.files.has(sound.sha256))) throw new Refusal('bridge.not_found')
  const bytes = await ctx.files.get(sound.sha256)
  const range = request.headers.get('range')
  return sendFile({ bytes, name: `${sound.sha256}.mp3`, mime: 'audio/mpeg', inline: true, range })
}
