import { Refusal } from '#core/kernel/index.ts'
import { sheetRowOfTask } from '#core/release/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import { sheetsPdf } from '../../../releases/task-sheets.ts'
import type { RequestHandler } from './$types.ts'

/** The sheet of one task that came of a release, to print. */
export const GET: RequestHandler = async ({ locals: { ctx, w }, params, url }) => {
  const taskId = givenId<'task'>(params.id)
  if (!taskId) throw new Refusal('task.not_found')
  const bytes = await sheetsPdf(ctx, await sheetRowOfTask(ctx, taskId), { w, origin: url.origin })
  return sendFile({ bytes, name: `${w('sheet_file')}.pdf`, mime: 'application/pdf' })
}
