import { readOutline, type Block } from '../document/index.ts'
import { countWords } from './number-words.ts'
import { figureWords, thanWords, type ReportFigure } from './report-figure.ts'
import type { Report } from './report.ts'
import type { Correction } from './request.ts'
import { printTokens, type Token } from './tokens.ts'

export interface PrintedReport {
  readonly body: readonly Block[]
  readonly annexes: readonly { readonly title: string; readonly body: readonly Block[] }[]
}

/** The words of every token of a report; null for what is none. */
export function tokenWords(
  report: Report,
  figures: readonly ReportFigure[],
  corrections: readonly Correction[],
): (token: Token) => string | null {
  const than = thanWords(report)
  const byCode = new Map(figures.map((figure) => [figure.code, figure]))
  const said = new Map(corrections.map((correction) => [correction.code, correction]))
  return ({ code, form }) => {
    const figure = byCode.get(code)
    if (figure) return figureWords(figure, form, than)
    const correction = said.get(code)
    return correction && form === '' ? correctionWords(correction) : null
  }
}

/** What a body says beside the figure, with both numbers, so that nobody takes one for the other. */
function correctionWords({ body, unit, said, shown, reason }: Correction): string {
  const system = `số liệu tổng hợp: ${countWords(shown)} ${unit}`
  return `${body} nêu ${countWords(said)} ${unit} (${system}; lý do: ${reason.replace(/[.;]+$/u, '')})`
}

/** A report as a document says it: its text with every figure printed, its tables, its photographs. */
export function printReport(
  report: Report,
  figures: readonly ReportFigure[],
  corrections: readonly Correction[],
  photosTitle: string,
): PrintedReport {
  const { body, annexes } = readOutline(printTokens(report.text, tokenWords(report, figures, corrections)))
  const tables = report.tables.map(({ title, table }) => ({ title, body: [table] }))
  const pictures = report.photos.map(({ sha256, caption, alternative }): Block => ({
    kind: 'picture',
    sha256,
    caption,
    alternative,
  }))
  return {
    body,
    annexes: [...annexes, ...tables, ...(pictures.length > 0 ? [{ title: photosTitle, body: pictures }] : [])].filter(
      (annex) => annex.body.length > 0,
    ),
  }
}
