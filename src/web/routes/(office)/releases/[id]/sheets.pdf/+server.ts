import { CHANNELS } from '#core/channel/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sheetRowsOf } from '#core/release/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import { sheetsPdf } from '../../task-sheets.ts'
import type { RequestHandler } from './$types.ts'

/** Sheets for all who do something at a manual outlet, of one channel or all: one PDF to print. */
export const GET: RequestHandler = async ({ locals: { ctx, w }, params, url }) => {
  const releaseId = givenId<'release'>(params.id)
  if (!releaseId) throw new Refusal('release.not_found')
  const channel = CHANNELS.find((one) => one === url.searchParams.get('channel')) ?? null
  const found = await sheetRowsOf(ctx, releaseId, { channel, taskId: null })
  const bytes = await sheetsPdf(ctx, found, { w, origin: url.origin })
  return sendFile({ bytes, name: `${w('sheet_file')}.pdf`, mime: 'application/pdf' })
}
