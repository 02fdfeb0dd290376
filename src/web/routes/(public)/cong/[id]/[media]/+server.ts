import { Refusal } from '#core/kernel/index.ts'
import { articleById } from '#core/portal/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import { pictureShown } from '../blocks-shown.ts'
import type { RequestHandler } from './$types.ts'

/** A picture of an article that is up, made anew from its points; no other file of the library leaves by this door. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  const id = givenId<'article'>(params.id)
  const article = id && (await articleById(ctx.db, id))
  const stands = article && article.withdrawnAt === null && article.body.includes(`](media:${params.media})`)
  const size = stands ? await pictureShown(ctx, params.media) : null
  if (!size) throw new Refusal('portal.not_found')
  return sendFile({
    bytes: await ctx.files.get(size.sha256),
    mime: size.mime,
    name: `${size.sha256}.jpg`,
    inline: true,
  })
}
