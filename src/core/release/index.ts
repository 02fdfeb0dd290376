/**
 * Release (phát hành) and the ledger: an approved message goes out by rows that are written before anything moves and
 * that come to exactly one end. `planned = delivered + failed + cancelled + expired + unknown + open`, always.
 */
export { correctRelease, whyNotFollow, whyNotRecall } from './correct-release.ts'
export {
  deliveriesOf,
  deliveryById,
  deliveryOfTask,
  eventsOfDelivery,
  type DeliveryFilter,
  type DeliveryKey,
  type DeliveryLine,
} from './delivery.store.ts'
export { followDeliveryTasks } from './follow-tasks.ts'
export { countFollowing } from './follow.store.ts'
export { noteReceipts } from './note-receipts.ts'
export { openExpansions, type PreviewLine } from './plan.store.ts'
export { pressRelease, previewRelease } from './press-release.ts'
export { proposeRelease } from './propose-release.ts'
export { unmatchedReceipts } from './receipt.store.ts'
export {
  countsByChannel,
  countsOf,
  countsOfAll,
  followersOf,
  outletsHolding,
  releaseById,
  releasesWhere,
} from './release.store.ts'
export { arithmeticOf, DELIVERY_STATES, LANES, whyNotPress, type DeliveryState, type Release } from './release.ts'
export type { Answer, Asking, Outcome, Receipt, Sender, Sending } from './sender.ts'
export {
  cancelRelease,
  followWithdrawnMessages,
  pauseRelease,
  recallRelease,
  resolveUnknown,
  resumeRelease,
} from './stop-release.ts'
export { ledgerWork, sendersInUse, sendWith, workLedger, type LedgerWork } from './work-ledger.ts'
