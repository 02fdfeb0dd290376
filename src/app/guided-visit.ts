import type { Ctx } from '../core/kernel/index.ts'
import { isPlayed, stepsGone } from './guided-visit.store.ts'
import { PLAYED_GATEWAYS } from './simulators.ts'

/** The way of a campaign from the signed plan to the report, as somebody new walks it in the demonstration. */
export const VISIT_STEPS = [
  'plan',
  'task',
  'message',
  'review',
  'propose',
  'press',
  'arrive',
  'prove',
  'accept',
  'report',
] as const
export type VisitStep = (typeof VISIT_STEPS)[number]

/** Who of the demonstration's cast goes each step: by their names for signing in, in this order. */
export const VISIT_CAST: Readonly<Record<VisitStep, readonly string[]>> = {
  plan: ['tinh'],
  task: ['banho'],
  message: ['tinh'],
  review: ['bientap', 'congan', 'lanhdao'],
  propose: ['tinh'],
  press: ['lanhdao'],
  arrive: ['tinh'],
  prove: ['banho'],
  accept: ['tinh'],
  report: ['tinh'],
}

export interface GuidedStep {
  readonly step: VisitStep
  readonly gone: boolean
  readonly cast: readonly string[]
}

/**
 * The steps of the first visit (đi thử một vòng) with those that were gone already, whoever went them; null in an
 * installation that is no demonstration.
 */
export async function guidedVisit({ db }: Pick<Ctx, 'db'>): Promise<GuidedStep[] | null> {
  if (!(await isPlayed(db, PLAYED_GATEWAYS))) return null
  const gone = await stepsGone(db)
  return VISIT_STEPS.map((step) => ({ step, gone: gone[step], cast: VISIT_CAST[step] }))
}
