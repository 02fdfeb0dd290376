import type { Refusal } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import {
  correctionsOfRequest,
  dropReportRequest,
  markReportSent,
  partsOf,
  reportOfRequest,
  whyNotMarkSent,
  whyNotRequest,
} from '#core/report/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { requestOf } from '../../one-report.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const request = await requestOf(ctx, params.id)
  const may = await dropReportRequest.whyNot(ctx, { requestId: request.id })
  const say = (refusal: Refusal | null) => refusal && sentenceOf(w, refusal)
  const [body] = await organisationsWhere(ctx.db, [request.organisationId])
  const corrections = await correctionsOfRequest(ctx.db, request.id)
  const report = await reportOfRequest(ctx.db, request.id)
  return {
    request,
    body: body?.name ?? '',
    parts: (await partsOf(ctx.db, request.id)).map(({ id, body: name, state, note, confirmedAt, confirmedBy }) => ({
      id,
      name,
      state,
      note,
      confirmedAt,
      confirmedBy,
      corrections: corrections.filter(({ partId }) => partId === id).length,
    })),
    report: report && { id: report.id, subject: report.subject },
    whyNot: {
      begin: say(may ?? whyNotRequest(request)),
      sent: say(may ?? (await whyNotMarkSent(ctx, request))),
      drop: say(may ?? whyNotRequest(request)),
    },
  }
}

type Here = { readonly params: Partial<Record<string, string>> }
const which = (_data: FormData, { params }: Here) => ({ requestId: params.id ?? '' })
const here =
  (done: string) =>
  (_result: unknown, { params }: Here) =>
    `${paths.reportRequest(params.id ?? '')}?done=${done}`

export const actions: Actions = {
  sent: act(markReportSent, {
    input: (data, event) => ({ ...which(data, event), note: fieldOf(data, 'note') }),
    then: here('report_sent'),
  }),
  drop: act(dropReportRequest, { input: which, then: here('report_request_dropped') }),
}
