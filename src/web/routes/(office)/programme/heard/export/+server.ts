import { writeFigureSheet } from '#app/figure-sheet.ts'
import { dayAt } from '#core/kernel/index.ts'
import { heardRows, sumOfHeard, type HeardSums } from '#core/programme/index.ts'
import { formatOf, sendSheet } from '#web/forms/send-sheet.ts'
import { scopeOf } from '../scope.ts'
import type { RequestHandler } from './$types.ts'

/** More rows than this are more stations and broadcasts than a province has. */
const MOST_ROWS = 20_000
const SUMS = ['planned', 'plannedSeconds', 'heard', 'heardSeconds', 'plays', 'minutes'] as const

/** The whole table, with lengths in seconds and the sum as its last row. */
export const GET: RequestHandler = async ({ locals: { ctx, w }, url }) => {
  const format = formatOf(url)
  const { scope } = await scopeOf(ctx, url)
  const rows = await heardRows(ctx.db, scope, null, MOST_ROWS)
  const sums = (of: HeardSums) => SUMS.map((key) => String(of[key]))
  const head = ['station', 'place', 'broadcast', 'language', ...SUMS.map((key) => `sheet_${key}`)]
  const bytes = await writeFigureSheet(
    head.map((key) => w(`heard_${key}`)),
    [
      ...rows.map((row) => [
        ...[row.station, row.place, row.broadcastId ? row.title : w('heard_by_row'), row.language],
        ...sums(row),
      ]),
      [w('heard_total'), '', '', '', ...sums(sumOfHeard(rows))],
    ],
    format,
  )
  return sendSheet(bytes, `luot-phat-lap-${dayAt(ctx.clock.now())}`, format)
}
