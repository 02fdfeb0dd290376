import { readCatalogue } from '#core/evidence/index.ts'
import { figures, NO_SUM, type Cells } from '#core/figure/index.ts'
import { dayAt } from '#core/kernel/index.ts'
import { writeFigureSheet } from '#app/figure-sheet.ts'
import { formatOf, sendSheet } from '#web/forms/send-sheet.ts'
import { choicesOf } from '../form-choices.ts'
import { rowName } from '../row-names.ts'
import { questionOfUrl } from '../question-of-url.ts'
import type { RequestHandler } from './$types.ts'

/** The same question as a table, every indicator that has anything: counts and estimates each in a column of their own. */
export const GET: RequestHandler = async ({ locals: { ctx, w }, url }) => {
  const format = formatOf(url)
  const question = await questionOfUrl(ctx, url)
  const answer = await figures(ctx.db, question)
  const catalogue = await readCatalogue(ctx.db)
  const { themeNames: themes } = await choicesOf(ctx, w, question)
  const columns = catalogue.indicators.filter(({ code }) => answer.total.has(code))
  const cellsOf = (cells: Cells) =>
    columns.flatMap(({ code }) => {
      const { counted, estimated } = cells.get(code) ?? NO_SUM
      return [counted, estimated]
    })
  const head = columns.flatMap(({ name, unit }) => [`${name} (${unit})`, w('figure_column_estimated', { name, unit })])
  const rows = answer.rows.map(
    (row) => [rowName(w, answer, row, { catalogue, themes }), ...cellsOf(row.cells)] as const,
  )
  const bytes = await writeFigureSheet(
    [w(`figure_by_${question.by}`), ...head],
    [
      ...rows.toSorted(([one], [other]) => one.localeCompare(other, 'vi')),
      [w('figure_total'), ...cellsOf(answer.total)],
    ],
    format,
  )
  return sendSheet(bytes, `so-lieu-${question.from}-${question.to}-lap-${dayAt(ctx.clock.now())}`, format)
}
