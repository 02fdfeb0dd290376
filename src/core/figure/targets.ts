import type { Db, Id } from '../kernel/index.ts'
import { linesOf } from '../plan/index.ts'
import { figures } from './figures.ts'
import { targetIndicators } from './keeping.store.ts'
import type { Question } from './question.ts'
import { NO_SUM, type Sum } from './sum.ts'

/** A number that the plan wants reached, beside what was reached. */
export interface TargetResult {
  /** The words of the plan. */
  readonly text: string
  readonly value: number
  readonly valueTo: number | null
  readonly unit: string
  /** By which indicator it is measured; null while nobody has said. */
  readonly indicator: string | null
  readonly reached: Sum
  /** A share or so much a period, as `%` or `buổi/tháng`: no total is held against it. */
  readonly isRate: boolean
  /** Of what was counted, without estimates, in whole per cent rounded down, so that 99.9 is not yet all; null of a rate and without an indicator. */
  readonly percent: number | null
}

/** The targets of a campaign and how far they are reached by what the question asks for, whatever indicators it names. */
export async function targetResults(db: Db, campaignId: Id<'campaign'>, question: Question): Promise<TargetResult[]> {
  const targets = (await linesOf(db, campaignId)).filter(({ kind }) => kind === 'target')
  if (targets.length === 0) return []
  const indicators = await targetIndicators(db, campaignId)
  const linked = [...new Set(indicators.values())]
  const asked = { ...question, campaign: campaignId, indicators: linked, by: 'grade' as const }
  const { total } = linked.length > 0 ? await figures(db, asked) : { total: new Map<string, Sum>() }
  return targets.map(({ value }) => {
    const { text, value: number, valueTo, unit } = value as Pick<TargetResult, 'text' | 'value' | 'valueTo' | 'unit'> // as `ITEM_VALUES` of plan keeps it
    const indicator = indicators.get(text) ?? null
    const reached = (indicator && total.get(indicator)) || NO_SUM
    const isRate = /[%/]/.test(unit)
    const percent = indicator === null || isRate ? null : percentOf(reached.counted, number)
    return { text, value: number, valueTo: valueTo ?? null, unit, indicator, reached, isRate, percent }
  })
}

/** Whole per cent, rounded down; null of a target that is no positive number. */
export function percentOf(reached: bigint, target: number): number | null {
  if (!(target > 0)) return null
  return Number((reached * 100_000n) / BigInt(Math.round(target * 1_000)))
}
