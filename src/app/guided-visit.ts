import { gatewaysOf } from '../core/gateway/index.ts'
import type { Ctx } from '../core/kernel/index.ts'
import { stepsGone } from './guided-visit.store.ts'
import { PLAYED_GATEWAYS } from './simulators.ts'

/**
 * The way of a campaign from the signed plan to the report, as somebody new walks it in the demonstration: each step
 * with who of the cast goes it, by their names for signing in, in this order.
 */
const WAY = {
  plan: ['tinh'],
  task: ['banho'],
  message: ['tinh'],
  review: ['bientap', 'congan', 'lanhdao'],
  propose: ['tinh'],
  press: ['lanhdao'],
  arrive: ['tinh'],
  hear: ['muongkhuong'],
  prove: ['banho'],
  accept: ['tinh'],
  report: ['tinh'],
} as const
export type VisitStep = keyof typeof WAY
const STEPS = Object.keys(WAY) as VisitStep[] // the keys of that very table

export interface GuidedStep {
  readonly step: VisitStep
  readonly gone: boolean
  readonly cast: readonly string[]
}

/**
 * The steps of the first round (đi thử một vòng) with those that were gone already, whoever went them; null in an
 * installation that is no demonstration.
 */
export async function guidedVisit({ db }: Pick<Ctx, 'db'>): Promise<GuidedStep[] | null> {
  const gateways = await gatewaysOf(db, 'sms')
  if (!gateways.some(({ simulated, code }) => simulated && PLAYED_GATEWAYS.some((played) => played === code)))
    return null
  const gone = await stepsGone(db)
  return STEPS.map((step) => ({ step, gone: gone[step], cast: WAY[step] }))
}
