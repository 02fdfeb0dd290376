import { Refusal } from '#core/kernel/index.ts'
import { sniffMedia } from '#core/media/index.ts'
import { articleById } from '#core/portal/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { RequestHandler } from './$types.ts'

/** The approved recording of an article that is up; no other sound leaves by this door. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, request }) => {
  const id = givenId<'article'>(params.id)
  const article = id && (await articleById(ctx.db, id))
  const sha256 = article?.withdrawnAt === null ? article.recordingSha256 : null
  if (!article || !sha256) throw new Refusal('portal.not_found')
  const bytes = await ctx.files.get(sha256)
  const mime = sniffMedia(bytes)?.mime ?? 'audio/mpeg'
  const ending = mime === 'audio/wav' ? 'wav' : 'mp3'
  const range = request.headers.get('range')
  return sendFile({ bytes, mime, name: `${article.language}.${ending}`, inline: true, range })
}
