import * as v from 'valibot'
import { ACCEPTANCES, readCatalogue } from '../evidence/index.ts'
import {
  actingPerson,
  action,
  dayAt,
  DaySchema,
  idOf,
  newId,
  Refusal,
  tidy,
  type Ctx,
  type Id,
  type Role,
} from '../kernel/index.ts'
import { organisationsWhere } from '../organisation/index.ts'
import { campaignById } from '../plan/index.ts'
import { annexTables } from './annex-tables.ts'
import { composeReport, type ComposeWith } from './compose-report.ts'
import { figureBook, questionOfKey, type FigureBook } from './figure-book.ts'
import type { ReportScope } from './report-figure.ts'
import { insertFigures, insertReport, templateByCode } from './report.store.ts'
import { periodWords } from './report.ts'
import { notesOfRequest, requestById } from './request.store.ts'

/** Who writes reports of their body. */
export const REPORT_WRITERS: readonly Role[] = ['campaign_officer', 'leader']

const day = v.optional(v.nullable(DaySchema), null)

/** Begins a report: its text is written by the template from figures as of now. */
export const beginReport = action('report.begin', {
  input: v.object({
    organisationId: idOf<'organisation'>(),
    template: v.string(),
    /** Empty takes the template's. */
    subject: v.optional(v.pipe(v.string(), v.transform(tidy), v.maxLength(500)), ''),
    scopeId: v.optional(v.nullable(idOf<'organisation'>()), null),
    campaignId: v.optional(v.nullable(idOf<'campaign'>()), null),
    from: DaySchema,
    to: DaySchema,
    compareFrom: day,
    compareTo: day,
    acceptedFrom: v.optional(v.nullable(v.picklist(ACCEPTANCES.map((_name, at) => at))), null),
    requestId: v.optional(v.nullable(idOf<'report_request'>()), null),
  }),
  may: { who: 'roles', roles: REPORT_WRITERS, within: (_ctx, { organisationId }) => organisationId },
  records: ({ template, from, to }, reportId: Id<'report'>) => ({
    subject: 'report',
    subjectId: reportId,
    facts: { template, from, to },
  }),
  async run(ctx, given): Promise<Id<'report'>> {
    const template = await templateByCode(ctx.db, given.template)
    if (!template) throw new Refusal('report.no_template', {}, 'template')
    if (given.to < given.from) throw new Refusal('report.days_reversed', {}, 'to')
    const now = ctx.clock.now()
    const scope = { ...given, mapDay: dayAt(now) }
    const book = await figureBook(ctx.db, scope, now)
    const { indicators } = await readCatalogue(ctx.db)
    const with_: ComposeWith = {
      book,
      indicators,
      asOf: now,
      ...(await wordsOf(ctx, scope)),
      notes: await notesFor(ctx, given.requestId),
    }
    const composed = composeReport(template.content, with_)
    const id = newId<'report'>()
    const subject =
      given.subject ||
      template.content.subject
        .replaceAll('{period}', with_.period)
        .replaceAll('{campaign}', with_.campaign)
        .replaceAll('{scope}', with_.scope)
    await insertReport(
      ctx.db,
      {
        ...scope,
        id,
        subject,
        kind: template.kind,
        text: composed.text,
        asOf: now,
        tables: annexTables(template.content, book, indicators),
        photos: [],
        documentId: null,
        createdAt: now,
        revision: 1,
      },
      actingPerson(ctx),
    )
    await insertFigures(
      ctx.db,
      id,
      composed.figures.map((figure) => ({ ...figure, question: askedBy(book, figure.key, now) })),
    )
    return id
  },
})

/** The question of a figure with its moment, as it is kept. */
export function askedBy(book: FigureBook, key: Parameters<typeof questionOfKey>[1], asOf: Date) {
  return { ...questionOfKey(book.question, key), asOf: asOf.toISOString() }
}

async function wordsOf(ctx: Ctx, scope: ReportScope) {
  const [body] = scope.scopeId ? await organisationsWhere(ctx.db, [scope.scopeId]) : []
  const campaign = scope.campaignId ? await campaignById(ctx.db, scope.campaignId) : null
  return {
    period: periodWords(scope),
    scope: body?.name ?? 'các cơ quan, đơn vị, địa phương',
    campaign: campaign?.name ?? 'công tác tuyên truyền',
  }
}

async function notesFor(ctx: Ctx, requestId: Id<'report_request'> | null) {
  if (requestId === null) return []
  if (!(await requestById(ctx.db, requestId))) throw new Refusal('report.request_not_found')
  return notesOfRequest(ctx.db, requestId)
}
