import { logBookPdf } from '#app/log-book.ts'
import { dayAt } from '#core/kernel/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { stationAt } from '../../one-station.ts'
import type { RequestHandler } from './$types.ts'

/** The log book of a month, to print and sign. */
export const GET: RequestHandler = async ({ locals: { ctx, w }, params, url }) => {
  const station = await stationAt(ctx, params.id)
  const month = url.searchParams.get('month') ?? dayAt(ctx.clock.now()).slice(0, 7)
  const bytes = await logBookPdf(ctx, station, month, w)
  return sendFile({ bytes, name: `${w('log_book_title')} ${month}.pdf`, mime: 'application/pdf' })
}
