import type { Asking } from '../fact.store.ts'
import { isBreakdown } from '../question.ts'
import type { FactKind } from './fact-kind.ts'

/** What a kind adds to an answer (1) or takes away from it (-1); `untold` where that is people whom nobody told apart. */
export interface Share {
  readonly sign: 1 | -1
  readonly untold: boolean
}

/**
 * What a kind comes to in an answer; nothing where it is not asked for. People whom a breakdown does not tell apart are
 * those of the whole less those of its parts, so a part may count twice: in its own row, and against what is untold.
 */
export function sharesOf(kind: FactKind, asking: Asking, people: ReadonlySet<string>): readonly Share[] {
  if (!isAsked(kind, asking)) return []
  const breakdown = isBreakdown(asking.by) ? asking.by : (asking.part?.breakdown ?? null)
  if (breakdown === null) return kind.breakdown === 'all' ? [{ sign: 1, untold: false }] : []
  const code = asking.part?.code ?? null
  const shares: Share[] = []
  const isPart = kind.breakdown === breakdown
  if (isPart && (code === null || code === kind.part)) shares.push({ sign: 1, untold: false })
  if ((code === null || code === '') && people.has(kind.indicator)) {
    if (kind.breakdown === 'all') shares.push({ sign: 1, untold: true })
    if (isPart) shares.push({ sign: -1, untold: true })
  }
  return shares
}

/** As the conditions of the statement that asks the database. */
function isAsked(kind: FactKind, asking: Asking): boolean {
  const { indicators, campaign, theme, grade, acceptance, acceptedFrom } = asking
  return (
    (indicators.length === 0 || indicators.includes(kind.indicator)) &&
    (campaign === null || kind.campaign === campaign) &&
    (theme === null || (kind.theme ?? '') === theme) &&
    (['channel', 'audience', 'language'] as const).every(
      (name) => asking[name] === null || kind[name] === asking[name],
    ) &&
    (grade === null || kind.grade === grade) &&
    (acceptance === null || kind.acceptance === acceptance) &&
    (acceptedFrom === null || kind.acceptance >= acceptedFrom)
  )
}
