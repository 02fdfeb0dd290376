import { Refusal, type Day, type Id } from '../kernel/index.ts'
import type { Counted } from './number-words.ts'

export type ReportRequestState = 'open' | 'sent' | 'dropped'

/** That a higher body asks for a report by a day (yêu cầu báo cáo). */
export interface ReportRequest {
  readonly id: Id<'report_request'>
  /** Who must answer it, and asks bodies below to contribute. */
  readonly organisationId: Id<'organisation'>
  /** Who asks, as the report will be addressed. */
  readonly askedBy: string
  readonly subject: string
  readonly template: string
  readonly campaignId: Id<'campaign'> | null
  readonly scopeId: Id<'organisation'> | null
  readonly from: Day
  readonly to: Day
  readonly dueOn: Day
  readonly state: ReportRequestState
  readonly sentAt: Date | null
  readonly sentBy: string | null
  readonly sentNote: string
  readonly createdAt: Date
  readonly revision: number
}

/** A figure of a contributing body, as it was shown when the body confirmed it. */
export interface PartFigure extends Counted {
  readonly indicator: string
}

/** What one body contributes to a requested report (phần đóng góp). */
export interface ReportPart {
  readonly id: Id<'report_part'>
  readonly requestId: Id<'report_request'>
  readonly organisationId: Id<'organisation'>
  readonly state: 'waiting' | 'confirmed'
  /** In its own words: what was hard, what it proposes. */
  readonly note: string
  readonly figures: readonly PartFigure[]
  readonly asOf: Date | null
  readonly confirmedAt: Date | null
  readonly confirmedBy: string | null
}

/** What a body says a figure should be, and why; the figure itself stays. */
export interface Correction {
  /** `c1`: by which the report may say it. */
  readonly code: string
  readonly partId: Id<'report_part'>
  readonly body: string
  readonly indicator: string
  readonly name: string
  readonly unit: string
  readonly shown: number
  readonly said: number
  readonly reason: string
  readonly saidAt: Date
  readonly saidBy: string
}

export function whyNotRequest({ state }: Pick<ReportRequest, 'state'>): Refusal | null {
  return state === 'open' ? null : new Refusal(`report.request_is_${state}`)
}
