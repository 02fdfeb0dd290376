import { dayAt, Refusal } from '#core/kernel/index.ts'
import { mediaById, sizeOf, whyNotUse } from '#core/media/index.ts'
import { showsPicture, wireOfToken } from '#core/press/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { RequestHandler } from './$types.ts'

/** A picture of an item that is usable on this wire, made anew from its points; no other file of the library leaves by this door. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  const wire = await wireOfToken(ctx, params.token)
  const mediaId = givenId<'media'>(params.media)
  const shown = wire && mediaId && (await showsPicture(ctx.db, wire.outletId, mediaId))
  const media = shown ? await mediaById(ctx.db, mediaId) : null
  const size = media && !whyNotUse(media, dayAt(ctx.clock.now())) ? await sizeOf(ctx.db, media.id, 'large') : null
  if (!size) throw new Refusal('press.not_found')
  return sendFile({
    bytes: await ctx.files.get(size.sha256),
    mime: size.mime,
    name: `${size.sha256}.jpg`,
    inline: true,
  })
}
