/**
 * Release (phát hành) and the ledger: an approved message goes out by rows that are written before anything moves and
 * that come to exactly one end. `planned = delivered + failed + cancelled + expired + unknown + open`, always.
 */
export { followDeliveryTasks } from './follow-tasks.ts'
export { deliveriesOf, deliveryById, eventsOfDelivery, type DeliveryLine } from './ledger.store.ts'
export type { PreviewLine } from './plan.store.ts'
export { pressRelease, previewRelease } from './press-release.ts'
export { proposeRelease } from './propose-release.ts'
export { countsByChannel, countsOf, outletsHolding, releaseById, releasesWhere } from './release.store.ts'
export { arithmeticOf, DELIVERY_STATES, LANES, whyNotPress, type DeliveryState, type Release } from './release.ts'
export type { Outcome, Sender, Sending } from './sender.ts'
export {
  cancelRelease,
  followWithdrawnMessages,
  pauseRelease,
  recallRelease,
  resolveUnknown,
  resumeRelease,
} from './stop-release.ts'
export { sendWith, workLedger } from './work-ledger.ts'
