import { boardMedia } from '#core/board/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import { boardAsked } from '../../../board-asked.ts'
import type { RequestHandler } from './$types.ts'

/** A picture or film that stands on this board today. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, request }) => {
  const board = await boardAsked(ctx, params.token)
  const id = givenId<'media'>(params.media)
  const file = id && (await boardMedia(ctx, board.outletId, id))
  if (!file) throw new Refusal('board.not_found')
  const bytes = await ctx.files.get(file.sha256)
  return sendFile({ bytes, name: params.media, mime: file.mime, inline: true, range: request.headers.get('range') })
}
