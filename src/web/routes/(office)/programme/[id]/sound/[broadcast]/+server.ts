import { Refusal } from '#core/kernel/index.ts'
import { sniffMedia } from '#core/media/index.ts'
import { broadcastsByIds } from '#core/programme/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { RequestHandler } from './$types.ts'

/** What sounds from the poles, for who sits at a desk. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, request }) => {
  const id = givenId<'broadcast'>(params.broadcast)
  const broadcast = id && (await broadcastsByIds(ctx.db, [id])).get(id)
  if (!broadcast?.sha256 || broadcast.withdrawnAt !== null) throw new Refusal('programme.no_sound')
  const bytes = await ctx.files.get(broadcast.sha256)
  const mime = sniffMedia(bytes)?.mime ?? 'audio/mpeg'
  const name = `${broadcast.language}.${mime === 'audio/wav' ? 'wav' : 'mp3'}`
  return sendFile({ bytes, mime, name, inline: true, range: request.headers.get('range') })
}
