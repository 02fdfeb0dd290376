import { GRADES, readCatalogue } from '#core/evidence/index.ts'
import type { Ctx } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import {
  figureWords,
  questionOfFigure,
  thanWords,
  tokenOf,
  type Changes,
  type Report,
  type ReportFigure,
} from '#core/report/index.ts'
import type { Words } from '#app/wording/words.ts'
import { momentWords } from '#web/lib/date-words.ts'
import { numberWords } from '#web/lib/number-words.ts'
import { paths } from '#web/paths.ts'
import { questionAddress } from '../../figures/question-address.ts'

export interface ShownFigure {
  readonly code: string
  readonly token: string
  /** What it opens into, as of its moment. */
  readonly href: string
  /** What it counts: its indicator, way out and body. */
  readonly name: string
  readonly value: string
  readonly more: readonly { readonly token: string; readonly words: string }[]
  readonly grades: string
  readonly asOf: string
  /** What it is now, where that is another. */
  readonly now: string | null
}

/** The figures of a report with their words, how sure they are, and what has changed since. */
export async function shownFigures(
  ctx: Ctx,
  w: Words,
  report: Report,
  figures: readonly ReportFigure[],
  changes: Changes,
): Promise<ShownFigure[]> {
  const { indicators } = await readCatalogue(ctx.db)
  const names = new Map(indicators.map(({ code, name }) => [code, name]))
  const ids = figures.flatMap(({ key }) => (key.organisation ? [key.organisation as Report['organisationId']] : [])) // as they were written
  const bodies = new Map(
    (await organisationsWhere(ctx.db, [...new Set(ids)])).map(({ id, name }) => [id as string, name]),
  )
  const now = new Map(changes.figures.map((change) => [change.figure.code, change.now]))
  const than = thanWords(report)
  return figures.map((figure) => {
    const { key, code, value } = figure
    const changed = now.get(code)
    const said = [
      names.get(key.indicator) ?? w('report_bodies_with_results'),
      key.channel && (w.has(`channel_${key.channel}`) ? w(`channel_${key.channel}`) : key.channel),
      key.organisation && bodies.get(key.organisation),
    ]
    return {
      code,
      token: tokenOf({ code, form: '' }),
      href: questionAddress(paths.figures, questionOfFigure(report, figure)),
      name: said.filter(Boolean).join(' · '),
      value: figureWords(figure, '', than) ?? '',
      more: (['estimate', 'change', 'plan'] as const).flatMap((form) => {
        if (form === 'estimate' && value.estimated === 0) return []
        const words = figureWords(figure, form, than)
        return words === null ? [] : [{ token: tokenOf({ code, form }), words }]
      }),
      grades: GRADES.flatMap((grade) => {
        const { counted, estimated } = value.byGrade[grade]
        const all = numberWords(counted + estimated, w.language)
        return counted + estimated > 0 ? [w(`report_grade_${grade}`, { count: all })] : []
      }).join(', '),
      asOf: momentWords(figure.asOf),
      now: changed ? changedWords(w, { ...figure, value: changed }, figure, than) : null,
    }
  })
}

/** The new value, or the new comparison where the value itself is the same. */
function changedWords(w: Words, now: ReportFigure, kept: ReportFigure, than: string): string {
  const forms = ['', 'estimate', 'change', 'plan'] as const
  const form = forms.find((one) => figureWords(now, one, than) !== figureWords(kept, one, than)) ?? ''
  return figureWords(now, form, than) ?? w('report_no_longer')
}
