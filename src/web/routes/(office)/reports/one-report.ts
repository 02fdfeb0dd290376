import { Refusal, type Ctx } from '#core/kernel/index.ts'
import {
  partById,
  reportById,
  requestById,
  type Report,
  type ReportPart,
  type ReportRequest,
} from '#core/report/index.ts'
import { givenId } from '#web/lib/given-id.ts'

/** The report of an address. @throws Refusal `report.not_found` */
export async function reportOf(ctx: Ctx, given: string | undefined): Promise<Report> {
  const id = givenId<'report'>(given)
  const report = id && (await reportById(ctx.db, id))
  if (!report) throw new Refusal('report.not_found')
  return report
}

/** The request of an address. @throws Refusal `report.request_not_found` */
export async function requestOf(ctx: Ctx, given: string | undefined): Promise<ReportRequest> {
  const id = givenId<'report_request'>(given)
  const request = id && (await requestById(ctx.db, id))
  if (!request) throw new Refusal('report.request_not_found')
  return request
}

/** The contribution of an address. @throws Refusal `report.part_not_found` */
export async function partOf(ctx: Ctx, given: string | undefined): Promise<ReportPart> {
  const id = givenId<'report_part'>(given)
  const part = id && (await partById(ctx.db, id))
  if (!part) throw new Refusal('report.part_not_found')
  return part
}
