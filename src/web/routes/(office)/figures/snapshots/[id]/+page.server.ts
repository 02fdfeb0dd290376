import { error } from '@sveltejs/kit'
import type { Words } from '#app/wording/words.ts'
import { readCatalogue, type Catalogue } from '#core/evidence/index.ts'
import { keyOf, readKept, reproduce, snapshotById, type Compared, type Figures } from '#core/figure/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { choicesOf } from '../../form-choices.ts'
import { figureWords } from '#web/lib/figure-words.ts'
import { rowName, type Names } from '../../row-names.ts'
import { questionAddress } from '../../question-address.ts'
import { columnsOf, rowsShown, totalShown } from '../../shown-figures.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const id = givenId<'figure_snapshot'>(params.id)
  const snapshot = id && (await snapshotById(ctx.db, id))
  if (!snapshot) return error(404)
  const catalogue = await readCatalogue(ctx.db)
  const { figures: then, unlike, changed } = await reproduce(ctx.db, snapshot)
  const { themeNames: themes } = await choicesOf(ctx, w, then.question)
  const names = { catalogue, themes }
  const { shown, rest } = columnsOf(then, catalogue)
  const columns = [...shown, ...rest]
  const [body] = await organisationsWhere(ctx.db, [snapshot.organisationId])
  return {
    name: snapshot.name,
    organisation: body?.name ?? '',
    asOf: snapshot.asOf,
    from: then.question.from,
    to: then.question.to,
    head: `figure_by_${then.question.by}`,
    columns: columns.map(({ code, name, unit }) => ({ code, name, unit })),
    rows: rowsShown(w, then, columns, names),
    total: totalShown(w, then, columns),
    unlike: unlike.map((one) => differenceShown(w, then, one, catalogue, names)),
    changed: changed.map((one) => differenceShown(w, then, one, catalogue, names)),
    now: questionAddress(paths.figures, { ...then.question, asOf: null }),
  }
}

function differenceShown(
  w: Words,
  then: Figures,
  { row, indicator, kept, found }: Compared,
  catalogue: Catalogue,
  names: Names,
) {
  const same = then.rows.find((one) => keyOf(one) === row)
  const words = (text: string) => {
    const { counted, estimated } = readKept(text)
    const guessed = estimated === 0n ? '' : ` ${w('figure_estimated', { count: figureWords(estimated, w.language) })}`
    return figureWords(counted, w.language) + guessed
  }
  return {
    key: `${row} ${indicator}`,
    row: row === 'total' ? w('figure_total') : same ? rowName(w, then, same, names) : w('figure_row_new'),
    indicator: catalogue.indicators.find(({ code }) => code === indicator)?.name ?? indicator,
    kept: words(kept),
    found: words(found),
  }
}
