import { addDays, aliveOn, type Day, type Id } from '../kernel/index.ts'

export const FACT_KINDS = ['law', 'hotline', 'slogan', 'agency', 'date', 'term'] as const
export type FactKind = (typeof FACT_KINDS)[number]

/** Something true from a day to a day, that many texts say: held once, dated, verified by somebody. */
export interface Fact {
  readonly id: Id<'fact'>
  readonly kind: FactKind
  readonly code: string
  readonly name: string
  /** Notation of a law, digits of a hotline, the words of the rest. */
  readonly value: string
  readonly issuedOn: Day | null
  readonly validFrom: Day | null
  readonly validTo: Day | null
  /** Code of the fact that took its place. */
  readonly replacedBy: string | null
  readonly verifiedOn: Day | null
  readonly verifiedBy: string | null
  readonly verifyEveryDays: number
  readonly source: string | null
  /** The body that vouches for it and is asked again; null where all who may verify are asked. */
  readonly ownerId: Id<'organisation'> | null
}

export type FactState = 'valid' | 'not_yet' | 'ended' | 'unverified'

/** What a fact is worth on a day; `unverified` when nobody vouched for it within its period. */
export function stateOn(fact: Fact, day: Day): FactState {
  if (!aliveOn({ from: fact.validFrom, to: fact.validTo }, day)) {
    return fact.validTo !== null && fact.validTo < day ? 'ended' : 'not_yet'
  }
  const due = verificationDue(fact)
  return due === null || due < day ? 'unverified' : 'valid'
}

/** The last day on which the present verification counts; null when nobody has verified it. */
export function verificationDue(fact: Pick<Fact, 'verifiedOn' | 'verifyEveryDays'>): Day | null {
  return fact.verifiedOn === null ? null : addDays(fact.verifiedOn, fact.verifyEveryDays)
}
