import { organisationsWhere } from '#core/organisation/index.ts'
import {
  confirmReportPart,
  correctableIndicators,
  correctionsOfRequest,
  partFigures,
  valueWords,
  whyNotRequest,
} from '#core/report/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { partOf, requestOf } from '../../one-report.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const part = await partOf(ctx, params.id)
  const request = await requestOf(ctx, part.requestId)
  const asOf = ctx.clock.now()
  const [body] = await organisationsWhere(ctx.db, [part.organisationId])
  const refusal =
    (await confirmReportPart.whyNot(ctx, { partId: part.id, asOf, note: '', corrections: [] })) ??
    whyNotRequest(request)
  const corrections = await correctionsOfRequest(ctx.db, request.id)
  const figures = await partFigures(ctx, part, request, asOf)
  return {
    part,
    request,
    body: body?.name ?? '',
    asOf: asOf.toISOString(),
    figures: figures.map(({ indicator, name, unit, ...counted }) => ({
      indicator,
      name,
      unit,
      words: valueWords(counted, unit),
      estimated: counted.counted > 0 ? counted.estimated : 0,
    })),
    others: (await correctableIndicators(ctx))
      .filter(({ code }) => !figures.some(({ indicator }) => indicator === code))
      .map(({ code, name, unit }) => ({ value: code, name: `${name} (${unit})` })),
    corrections: corrections.filter(({ partId }) => partId === part.id),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  default: act(confirmReportPart, {
    input: (data, event) => ({
      partId: event.params.id ?? '',
      asOf: new Date(fieldOf(data, 'asOf')),
      note: fieldOf(data, 'note'),
      corrections: correctionsOf(data),
    }),
    then: (_result, { params }) => `${paths.reportPart(params.id ?? '')}?done=report_part_confirmed`,
  }),
}

/** What was typed beside a figure, and of one more indicator that the body has no figure of. */
function correctionsOf(data: FormData) {
  const indicators = [...data.keys()].flatMap((name) => (name.startsWith('said-') ? [name.slice('said-'.length)] : []))
  const given = indicators.map((indicator) => ({
    indicator,
    said: fieldOf(data, `said-${indicator}`).trim(),
    reason: fieldOf(data, `reason-${indicator}`),
    field: `said-${indicator}`,
  }))
  const other = fieldOf(data, 'other')
  const more = {
    indicator: other,
    said: fieldOf(data, 'other-said').trim(),
    reason: fieldOf(data, 'other-reason'),
    field: 'other-said',
  }
  return [...given, ...(other === '' ? [] : [more])]
    .filter(({ said, field }) => said !== '' || field === 'other-said')
    .map(({ indicator, said, reason, field }) => {
      const number = Number(said.replace(/[.\s]/gu, '') || NaN)
      if (!Number.isSafeInteger(number) || number < 0) throw new Refusal('input.number', {}, field)
      return { indicator, said: number, reason }
    })
}
