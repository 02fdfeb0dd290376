import { Refusal } from '#core/kernel/index.ts'
import { outputsOf } from '#core/task/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { RequestHandler } from './$types.ts'

/** A file that shows a task was done, to keep: never shown in the page, whatever is in it. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  const taskId = givenId<'task'>(params.id)
  const outputs = taskId ? await outputsOf(ctx.db, taskId) : []
  const output = outputs.find((one) => one.id === params.output && one.kind === 'file')
  if (!output) throw new Refusal('task.output_not_found')
  return sendFile({ bytes: await ctx.files.get(output.value), name: output.title, mime: 'application/octet-stream' })
}
