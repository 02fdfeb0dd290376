import { Refusal, refuseIf } from '#core/kernel/index.ts'
import { mediaById, sizeOf, withdrawMedia } from '#core/media/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { RequestHandler } from './$types.ts'

/** A size of a picture, made anew; or the bytes as they came: shown where they are sound or film, else only handed over. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, request }) => {
  const id = givenId<'media'>(params.id)
  const media = id && (await mediaById(ctx.db, id))
  if (!media) throw new Refusal('media.not_found')
  if (params.size === 'original') {
    const heard = media.kind === 'audio' || media.kind === 'video'
    // The picture as it came says where it was taken: for its keepers alone.
    if (!heard) refuseIf(await withdrawMedia.whyNot(ctx, { mediaId: media.id, reason: '' }))
    const range = request.headers.get('range')
    const bytes = await ctx.files.get(media.sha256)
    return sendFile({ bytes, mime: media.mime, name: media.fileName, inline: heard, range })
  }
  const size = await sizeOf(ctx.db, media.id, params.size)
  if (!size) throw new Refusal('media.not_found')
  const bytes = await ctx.files.get(size.sha256)
  return sendFile({ bytes, mime: size.mime, name: `${media.id}-${size.name}.jpg`, inline: true })
}
