/**
 * Fact (dữ kiện): a law, hotline, slogan, agency name or term, held once with its lifetime, its successor, its source
 * and who verified it when. Texts refer to it; a plan that cites an ended law is told so.
 */
import type { Db } from '../kernel/index.ts'
import { factsOf } from './fact.store.ts'

export { factByCode, factsLike, factsOf } from './fact.store.ts'
export { factChangedJob, whenFactChanges } from './fact.jobs.ts'
export { FACT_KINDS, stateOn, verificationDue, type Fact, type FactKind, type FactState } from './fact.ts'
export { KEEPERS as FACT_KEEPERS, keepFact, verifyFact } from './keep-fact.ts'
export { factsToVerify, waitingFor } from './waiting-for.ts'

/** Laws and hotlines as the plan reader looks them up. */
export async function lawsAndHotlines(db: Db) {
  const facts = await factsOf(db, ['law', 'hotline'])
  const byCode = new Map(facts.map((fact) => [fact.code, fact]))
  return {
    laws: facts
      .filter((fact) => fact.kind === 'law')
      .map((fact) => ({
        notation: fact.value,
        title: fact.name,
        issuedOn: fact.issuedOn,
        from: fact.validFrom,
        to: fact.validTo,
        replacedBy: fact.replacedBy === null ? null : (byCode.get(fact.replacedBy)?.value ?? fact.replacedBy),
      })),
    hotlines: facts
      .filter((fact) => fact.kind === 'hotline')
      .map((fact) => ({
        name: fact.name,
        number: fact.value,
        from: fact.validFrom,
        to: fact.validTo,
        verifiedOn: fact.verifiedOn,
      })),
  }
}
