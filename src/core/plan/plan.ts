import { Refusal, type Day, type Id } from '../kernel/index.ts'
import type { Reading } from './reading/reading.ts'

export type PlanState = 'reading' | 'read' | 'confirmed' | 'superseded' | 'refused'

/** What may be done in which state. */
export const PLAN_MAY = {
  decideItems: ['read'],
  mendText: ['read'],
  confirm: ['read'],
  // Only what stands can be amended: a plan still being read is simply corrected.
  amend: ['confirmed'],
} satisfies Record<string, readonly PlanState[]>

export interface Signature {
  readonly signer: string | null
  readonly issuer: string | null
  readonly signedAt: string | null
  readonly whole: boolean | null
  readonly coversWholeFile: boolean
}

export interface Plan {
  readonly id: Id<'plan'>
  readonly organisationId: Id<'organisation'>
  readonly importedAt: Date
  readonly fileSha256: string
  readonly fileName: string
  readonly state: PlanState
  readonly refusal: string | null
  readonly refusalFacts: Readonly<Record<string, string | number>>
  readonly pagesRead: number
  readonly pages: number | null
  readonly format: string | null
  readonly scanned: boolean
  readonly encoding: string | null
  readonly signatures: readonly Signature[]
  readonly text: string | null
  /** What the machine read off a scan, kept when people mended the text; null otherwise. */
  readonly machineText: string | null
  readonly reading: Reading | null
  readonly type: string | null
  readonly notation: string | null
  readonly issuer: string | null
  readonly issuedOn: Day | null
  readonly title: string | null
  readonly amends: Id<'plan'> | null
  readonly confirmedAt: Date | null
}

export function whyNot(plan: Pick<Plan, 'state'>, doing: keyof typeof PLAN_MAY): Refusal | null {
  const states: readonly PlanState[] = PLAN_MAY[doing]
  return states.includes(plan.state) ? null : new Refusal(`plan.not_${plan.state}`, { doing })
}

export interface Readiness {
  readonly proposed: number
  readonly duties: number
  readonly unresolved: number
}

/** A plan may be confirmed when every item was looked at and each duty that stands names a known body. */
export function whyNotConfirm(plan: Pick<Plan, 'state'>, readiness: Readiness): Refusal | null {
  const refusal = whyNot(plan, 'confirm')
  if (refusal) return refusal
  if (readiness.proposed > 0) return new Refusal('plan.items_open', { count: readiness.proposed })
  if (readiness.duties === 0) return new Refusal('plan.no_duty')
  if (readiness.unresolved > 0) return new Refusal('plan.duty_without_body', { count: readiness.unresolved })
  return null
}
