/**
 * Plan (kế hoạch): the signed document and the campaign it starts. A file comes in (`importPlan`), a job reads it
 * (`readPlanFile`), a person decides on what was read (`markRight`, `correctItem`, `addItem`, `dropItem`) beside the
 * original words, and confirms (`confirmPlan`): then the campaign stands, with one task for each duty and organisation.
 */
export {
  campaignById,
  campaignOfPlan,
  campaigns,
  campaignsLike,
  linesOf,
  periodsOf,
  themesOf,
  type Campaign,
  type CampaignPeriod,
} from './campaign.store.ts'
export { chargesOf, type ItemCharge } from './charges.ts'
export { compareClauses, type ClauseChange } from './compare-clauses.ts'
export { compareDuties, type DutyComparison } from './compare-duties.ts'
export { confirmPlan, readinessOf, type Confirmed } from './confirm-plan.ts'
export { addItem, correctItem, dropItem, markRestRight, markRight } from './decide-items.ts'
export type { DocumentReader, ReadDocument, ReadPage, ReadWord } from './document-reader.ts'
export { importPlan, type Imported } from './import-plan.ts'
export { ITEM_KINDS, SURE, type Item, type ItemKind, type ItemOf, type ItemState, type ItemValues } from './item.ts'
export { itemById, itemsOf } from './item.store.ts'
export { mendText } from './mend-text.ts'
export { pagesOf, type PlanPage } from './page.store.ts'
export { planById, plansBefore, plansLike, type PlanSummary } from './plan.store.ts'
export {
  whyNot as whyNotPlan,
  whyNotConfirm,
  type Plan,
  type PlanState,
  type Readiness,
  type Signature,
} from './plan.ts'
export { readPlanJob, readPlansWith } from './plan.jobs.ts'
export { readPlanFile } from './read-plan-file.ts'
export { registerOf } from './register.ts'
export { readPlan } from './reading/read-plan.ts'
export * from './reading/reading.ts'
export { waitingFor } from './waiting-for.ts'
