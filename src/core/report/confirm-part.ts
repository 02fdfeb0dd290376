import * as v from 'valibot'
import { inUse, readCatalogue, type Indicator } from '../evidence/index.ts'
import { figures } from '../figure/index.ts'
import {
  actingPerson,
  action,
  dayAt,
  idOf,
  newId,
  Refusal,
  refuseIf,
  tidy,
  type Ctx,
  type Role,
} from '../kernel/index.ts'
import { questionOfScope } from './figure-book.ts'
import { confirmPartRow, insertCorrections, lockPart, partById, requestById } from './request.store.ts'
import { whyNotRequest, type PartFigure, type ReportPart, type ReportRequest } from './request.ts'

/** Who answers for the figures of their body. */
export const PART_CONFIRMERS: readonly Role[] = ['field_officer', 'campaign_officer', 'leader']

export interface PartShown extends PartFigure {
  readonly name: string
  readonly unit: string
}

/** The figures of a body's own part as of a moment, those that it has and no other, in the order of the catalogue. */
export async function partFigures(
  ctx: Ctx,
  part: Pick<ReportPart, 'organisationId'>,
  request: ReportRequest,
  asOf: Date,
): Promise<PartShown[]> {
  const scope = {
    from: request.from,
    to: request.to,
    compareFrom: null,
    compareTo: null,
    scopeId: part.organisationId,
    campaignId: request.campaignId,
    acceptedFrom: null,
    mapDay: dayAt(asOf),
  }
  const { total } = await figures(ctx.db, questionOfScope(scope, asOf))
  const { indicators } = await readCatalogue(ctx.db)
  return indicators.flatMap(({ code, name, unit }) => {
    const sum = total.get(code)
    if (!sum || (sum.counted === 0n && sum.estimated === 0n)) return []
    return [{ indicator: code, name, unit, counted: Number(sum.counted), estimated: Number(sum.estimated) }]
  })
}

/** What a body may say another number of: what it has a figure of, and every other indicator in use. */
export async function correctableIndicators(ctx: Ctx): Promise<Indicator[]> {
  return inUse((await readCatalogue(ctx.db)).indicators, dayAt(ctx.clock.now()))
}

/**
 * Confirms a body's part as it was shown, with what it says differently. A correction never changes a figure: it is kept
 * beside it with who, when and why, and the report may say it in words.
 */
export const confirmReportPart = action('report.confirm_part', {
  input: v.object({
    partId: idOf<'report_part'>(),
    /** As of when the figures were shown. */
    asOf: v.date(),
    note: v.optional(v.pipe(v.string(), v.transform(tidy), v.maxLength(2_000)), ''),
    corrections: v.optional(
      v.pipe(
        v.array(
          v.object({
            indicator: v.string(),
            said: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)),
            reason: v.pipe(v.string(), v.transform(tidy), v.maxLength(500)),
          }),
        ),
        v.maxLength(100),
      ),
      [],
    ),
  }),
  may: {
    who: 'roles',
    roles: PART_CONFIRMERS,
    within: async (ctx, { partId }) => (await partById(ctx.db, partId))?.organisationId ?? null,
  },
  records: ({ partId, corrections }) => ({
    subject: 'report_part',
    subjectId: partId,
    facts: { corrections: corrections.length },
  }),
  async run(ctx, { partId, asOf, note, corrections }) {
    const part = await lockPart(ctx.db, partId)
    const request = part && (await requestById(ctx.db, part.requestId))
    if (!part || !request) throw new Refusal('report.part_not_found')
    refuseIf(whyNotRequest(request))
    const now = ctx.clock.now()
    if (asOf > now) throw new Refusal('report.moment_to_come')
    const shown = await partFigures(ctx, part, request, asOf)
    const known = new Set((await correctableIndicators(ctx)).map(({ code }) => code))
    const unclear = corrections.find(({ reason }) => reason === '')
    if (unclear) throw new Refusal('report.no_reason', {}, `reason-${unclear.indicator}`)
    if (corrections.some(({ indicator }) => !known.has(indicator))) throw new Refusal('report.no_indicator')
    const said = {
      saidAt: now,
      saidBy: ctx.actor.kind === 'nobody' ? '' : ctx.actor.name,
      saidById: actingPerson(ctx),
    }
    await confirmPartRow(ctx.db, partId, {
      note,
      asOf,
      figures: shown.map(({ indicator, counted, estimated }) => ({ indicator, counted, estimated })),
      confirmedAt: now,
      confirmedBy: said.saidBy,
      confirmedById: said.saidById,
    })
    await insertCorrections(
      ctx.db,
      corrections.map((correction) => ({
        ...correction,
        ...said,
        id: newId<'report_correction'>(),
        partId,
        shown: shown.find(({ indicator }) => indicator === correction.indicator)?.counted ?? 0,
      })),
    )
  },
})
