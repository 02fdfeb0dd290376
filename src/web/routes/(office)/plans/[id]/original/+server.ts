import { Refusal, type Id } from '#core/kernel/index.ts'
import { planById } from '#core/plan/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import type { RequestHandler } from './$types.ts'

export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  const plan = await planById(ctx.db, params.id as Id<'plan'>)
  if (!plan) throw new Refusal('plan.not_found')
  const bytes = await ctx.files.get(plan.fileSha256)
  return sendFile({ bytes, name: plan.fileName, mime: 'application/octet-stream' })
}
