import { Refusal, type Id } from '#core/kernel/index.ts'
import { pagesOf } from '#core/plan/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import type { RequestHandler } from './$types.ts'

/** The picture of one page of a scan. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  const pages = await pagesOf(ctx.db, params.id as Id<'plan'>)
  const page = pages.find(({ number }) => number === Number(params.number))
  if (!page?.imageSha256) throw new Refusal('plan.page_not_found')
  const bytes = await ctx.files.get(page.imageSha256)
  return sendFile({ bytes, name: `${params.number}`, mime: mimeOf(bytes), inline: true })
}

function mimeOf(bytes: Uint8Array): string {
  return bytes[0] === 0x89 ? 'image/png' : bytes[0] === 0x52 ? 'image/webp' : 'image/jpeg'
}
