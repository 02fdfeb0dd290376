import { dayAt, Refusal } from '#core/kernel/index.ts'
import { mediaById, sizeOf, whyNotUse } from '#core/media/index.ts'
import { articleById } from '#core/portal/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { RequestHandler } from './$types.ts'

/** A picture of an article that is up, made anew from its points; no other file of the library leaves by this door. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  const [articleId, mediaId] = [givenId<'article'>(params.id), givenId<'media'>(params.media)]
  const article = articleId && (await articleById(ctx.db, articleId))
  const shown = article && article.withdrawnAt === null && mediaId && article.body.includes(`](media:${mediaId})`)
  const media = shown ? await mediaById(ctx.db, mediaId) : null
  const size = media && !whyNotUse(media, dayAt(ctx.clock.now())) ? await sizeOf(ctx.db, media.id, 'large') : null
  if (!size) throw new Refusal('portal.not_found')
  return sendFile({
    bytes: await ctx.files.get(size.sha256),
    mime: size.mime,
    name: `${size.sha256}.jpg`,
    inline: true,
  })
}
