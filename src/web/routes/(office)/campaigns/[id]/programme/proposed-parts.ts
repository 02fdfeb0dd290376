import { addDays, type Day } from '#core/kernel/index.ts'
import type { CampaignPeriod } from '#core/plan/index.ts'
import type { Period } from '#core/programme/index.ts'

/**
 * A rule to begin with, by the periods of the plan: daily in its peak, twice a week before and after it. Days that are
 * gone are left out.
 */
export function proposedParts(periods: readonly CampaignPeriod[], today: Day): Period[] {
  const spanOf = (kind: string) => {
    const own = periods.filter((period) => period.kind === kind)
    const [from] = own.flatMap(({ dayFrom }) => dayFrom ?? []).sort()
    const to = own
      .flatMap(({ dayTo }) => dayTo ?? [])
      .sort()
      .at(-1)
    // A plan may leave open when it begins; one that does not say when it ends gives no rule.
    return to === undefined ? null : { from: from ?? today, to }
  }
  const peak = spanOf('peak')
  const whole = spanOf('campaign') ?? peak
  if (!whole) return []
  const weekly = { on: 'weekly' as const, timesAWeek: 2, timesADay: 1 }
  const parts = peak
    ? [
        { ...weekly, from: whole.from, to: addDays(peak.from, -1) },
        { ...peak, on: 'daily' as const, timesAWeek: 2, timesADay: 1 },
        { ...weekly, from: addDays(peak.to, 1), to: whole.to },
      ]
    : [{ ...weekly, ...whole }]
  return parts
    .map((part) => ({ ...part, from: part.from < today ? today : part.from }))
    .filter(({ from, to }) => from <= to)
}
