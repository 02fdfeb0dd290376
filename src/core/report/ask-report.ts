import * as v from 'valibot'
import { documentById } from '../document/index.ts'
import {
  actingPerson,
  action,
  DaySchema,
  idOf,
  newId,
  Refusal,
  refuseIf,
  tidy,
  type Ctx,
  type Id,
} from '../kernel/index.ts'
import { REPORT_WRITERS } from './begin-report.ts'
import { tellContributorsJob } from './report.jobs.ts'
import { reportOfRequest, templateByCode } from './report.store.ts'
import { insertParts, insertRequest, lockRequest, requestById, updateRequest } from './request.store.ts'
import { whyNotRequest, type ReportRequest } from './request.ts'

const words = (most: number, least = 1) => v.pipe(v.string(), v.transform(tidy), v.minLength(least), v.maxLength(most))
const OneRequest = v.object({ requestId: idOf<'report_request'>() })
const withinRequest = async (ctx: Ctx, { requestId }: { readonly requestId: Id<'report_request'> }) =>
  (await requestById(ctx.db, requestId))?.organisationId ?? null
const aboutRequest = (requestId: Id<'report_request'>, facts: Record<string, string | number> = {}) => ({
  subject: 'report_request',
  subjectId: requestId,
  facts,
})

/** Takes in that a higher body asks for a report, and asks each contributing body for its part. */
export const askReport = action('report.ask', {
  input: v.object({
    organisationId: idOf<'organisation'>(),
    askedBy: words(300),
    subject: words(500),
    template: v.string(),
    campaignId: v.optional(v.nullable(idOf<'campaign'>()), null),
    scopeId: v.optional(v.nullable(idOf<'organisation'>()), null),
    from: DaySchema,
    to: DaySchema,
    dueOn: DaySchema,
    contributors: v.pipe(v.array(idOf<'organisation'>()), v.maxLength(500)),
  }),
  may: { who: 'roles', roles: REPORT_WRITERS, within: (_ctx, { organisationId }) => organisationId },
  records: ({ contributors, dueOn }, requestId: Id<'report_request'>) =>
    aboutRequest(requestId, { contributors: contributors.length, dueOn }),
  async run(ctx, { contributors, ...given }): Promise<Id<'report_request'>> {
    if (!(await templateByCode(ctx.db, given.template))) throw new Refusal('report.no_template', {}, 'template')
    if (given.to < given.from) throw new Refusal('report.days_reversed', {}, 'to')
    const id = newId<'report_request'>()
    const unsent = { state: 'open', sentAt: null, sentBy: null, sentNote: '', revision: 1 } as const
    const createdBy = actingPerson(ctx)
    await insertRequest(ctx.db, { ...given, ...unsent, id, createdAt: ctx.clock.now() }, createdBy)
    const parts = [...new Set(contributors)].map((organisationId) => ({
      id: newId<'report_part'>(),
      requestId: id,
      organisationId,
    }))
    await insertParts(ctx.db, parts)
    // What is asked in the morning for the same day cannot wait for the round of the next.
    if (parts.length > 0) await ctx.jobs.add(ctx.db, tellContributorsJob, {})
    return id
  },
})

/** Notes that the report went to who asked for it; it must have its number by then. */
export const markReportSent = action('report.mark_sent', {
  input: v.object({ ...OneRequest.entries, note: v.optional(words(500, 0), '') }),
  may: { who: 'roles', roles: REPORT_WRITERS, within: withinRequest },
  records: ({ requestId }) => aboutRequest(requestId),
  async run(ctx, { requestId, note }) {
    const request = await requestToChange(ctx, requestId)
    refuseIf(await whyNotMarkSent(ctx, request))
    const { actor } = ctx
    await updateRequest(ctx.db, requestId, {
      state: 'sent',
      sentAt: ctx.clock.now(),
      sentBy: actor.kind === 'nobody' ? '' : actor.name,
      sentNote: note,
    })
  },
})

export async function whyNotMarkSent(ctx: Ctx, request: ReportRequest): Promise<Refusal | null> {
  const refusal = whyNotRequest(request)
  if (refusal) return refusal
  const report = await reportOfRequest(ctx.db, request.id)
  const document = report?.documentId ? await documentById(ctx.db, report.documentId) : null
  if (document?.state === 'issued' || document?.state === 'signed') return null
  return new Refusal(document ? 'report.document_not_issued' : 'report.no_document')
}

/** Lays a request aside: nobody waits for it any more, and what was contributed stays. */
export const dropReportRequest = action('report.drop_request', {
  input: OneRequest,
  may: { who: 'roles', roles: REPORT_WRITERS, within: withinRequest },
  records: ({ requestId }) => aboutRequest(requestId),
  async run(ctx, { requestId }) {
    await requestToChange(ctx, requestId)
    await updateRequest(ctx.db, requestId, { state: 'dropped' })
  },
})

async function requestToChange(ctx: Ctx, id: Id<'report_request'>): Promise<ReportRequest> {
  const request = await lockRequest(ctx.db, id)
  if (!request) throw new Refusal('report.request_not_found')
  refuseIf(whyNotRequest(request))
  return request
}
