import { Refusal } from '#core/kernel/index.ts'
import { beginListening } from '#core/review/index.ts'
import { sniffMedia } from '#core/media/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { messageOf, renditionOf } from '../../../../one-message.ts'
import type { RequestHandler } from './$types.ts'

export const GET: RequestHandler = async ({ locals: { ctx }, params, request }) => {
  const rendition = await renditionOf(ctx, await messageOf(ctx, params.id), params.rendition)
  const { recording } = rendition.current
  if (!recording) throw new Refusal('message.no_recording')
  // No listening can have ended sooner than its length after the first of its bytes went out.
  if (ctx.actor.kind === 'person') {
    await beginListening(ctx, { messageId: rendition.messageId, sha256: recording.sha256 })
  }
  const bytes = await ctx.files.get(recording.sha256)
  const mime = sniffMedia(bytes)?.mime ?? 'audio/mpeg'
  const ending = mime === 'audio/wav' ? 'wav' : 'mp3'
  return sendFile({
    bytes,
    mime,
    name: `${rendition.language}-${rendition.channel}.${ending}`,
    inline: true,
    range: request.headers.get('range'),
  })
}
