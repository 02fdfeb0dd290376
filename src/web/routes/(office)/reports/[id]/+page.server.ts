import { documentById } from '#core/document/index.ts'
import { readCatalogue } from '#core/evidence/index.ts'
import type { Ctx, Refusal } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import {
  changeReport,
  changesOf,
  correctionsOfRequest,
  draftReportDocument,
  figuresOf,
  takeOverFigures,
  whyNotChangeReport,
  whyNotDraftDocument,
  type Report,
} from '#core/report/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { reportOf } from '../one-report.ts'
import { shownFigures } from './shown-figures.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const report = await reportOf(ctx, params.id)
  const say = (refusal: Refusal | null) => refusal && sentenceOf(w, refusal)
  const may = await takeOverFigures.whyNot(ctx, { reportId: report.id, basedOn: null, code: null })
  const stands = may ?? (await whyNotChangeReport(ctx, report))
  const changes = await changesOf(ctx, report)
  const document = report.documentId ? await documentById(ctx.db, report.documentId) : null
  return {
    report: { ...report, tables: report.tables.length, photos: report.photos.length },
    bodies: await bodiesOf(ctx, report),
    figures: await shownFigures(ctx, w, report, await figuresOf(ctx.db, report.id), changes),
    corrections: report.requestId ? await correctionsOfRequest(ctx.db, report.requestId) : [],
    units: [...new Set((await readCatalogue(ctx.db)).indicators.map(({ unit }) => unit))],
    changed: { figures: changes.figures.length, cells: changes.cells },
    document: document && { id: document.id, state: document.state, revision: document.revision },
    whyNot: { change: say(stands), draft: say(stands ?? whyNotDraftDocument(report)) },
  }
}

async function bodiesOf(ctx: Ctx, { organisationId, scopeId }: Report) {
  const found = await organisationsWhere(ctx.db, [organisationId, ...(scopeId ? [scopeId] : [])])
  const nameOf = (id: string | null) => found.find((body) => body.id === id)?.name ?? null
  return { writer: nameOf(organisationId) ?? '', scope: nameOf(scopeId) }
}

type Here = { readonly params: Partial<Record<string, string>> }
const which = (data: FormData, { params }: Here) => ({
  reportId: params.id ?? '',
  basedOn: Number(fieldOf(data, 'basedOn')) || null,
})
const here =
  (done: string) =>
  (_result: unknown, { params }: Here) =>
    `${paths.report(params.id ?? '')}?done=${done}`

export const actions: Actions = {
  save: act(changeReport, {
    input: (data, event) => ({
      ...which(data, event),
      subject: fieldOf(data, 'subject'),
      text: fieldOf(data, 'text'),
    }),
    then: here('report_saved'),
  }),
  take: act(takeOverFigures, {
    input: (data, event) => ({ ...which(data, event), code: fieldOf(data, 'code') || null }),
    then: here('report_taken_over'),
  }),
  document: act(draftReportDocument, {
    input: which,
    then: (id) => `${paths.document(id)}?done=report_document`,
  }),
}
