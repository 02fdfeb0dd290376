/**
 * Release (phát hành) and the ledger: an approved message goes out by rows that are written before anything moves and
 * that come to exactly one end. `planned = delivered + failed + cancelled + expired + unknown + open`, always.
 */
export { dueWays, type DueWay } from './claim.store.ts'
export { closeRows, openRow, type RowEnd } from './close-rows.ts'
export { correctRelease, whyNotFollow, whyNotRecall } from './correct-release.ts'
export {
  deliveriesOf,
  deliveryById,
  deliveryOfTask,
  deliveryNamed,
  eventsOfDelivery,
  standingOfDelivery,
  type DeliveryFilter,
  type DeliveryKey,
  type DeliveryLine,
} from './delivery.store.ts'
export { followDeliveryTasks } from './follow-tasks.ts'
export { countFollowing, type Following } from './follow.store.ts'
export { whenHandedOver, type HandedRow } from './handed-over.ts'
export { manualRowsOf, type ManualRow } from './manual.store.ts'
export { noteReceipts } from './note-receipts.ts'
export { openExpansions } from './plan.store.ts'
export { oneByOne } from './one-by-one.ts'
export { pressRelease, undoWithin } from './press-release.ts'
export { keepPrice } from './preview/keep-price.ts'
export type { ChannelPreview, Cost, Gap } from './preview/preview.ts'
export { previewPlaces, previewRelease, type PlacePreview, type ReleasePreview } from './preview/preview-release.ts'
export type { Clash } from './preview/clash.store.ts'
export { pricesOf, type Price } from './preview/price.store.ts'
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
  runningReleases,
} from './release.store.ts'
export { redriveDelivery, whyNotRedrive } from './redrive-delivery.ts'
export {
  arithmeticOf,
  DELIVERY_STATES,
  LANES,
  whyNotPress,
  type Lane,
  type Counts,
  type DeliveryState,
  type Release,
} from './release.ts'
export type { Answer, Asking, Outcome, Receipt, Sender, Sending } from './sender.ts'
export { sheetRowOfTask, sheetRowsOf, type SheetRow, type SheetRows } from './sheet-rows.ts'
export { makeSheetsWith, sheetMaker, type SheetMaker, type TaskSheet, type TaskSheets } from './task-sheet.ts'
export {
  dueQueues,
  silentMachines,
  silentPeople,
  unknownSince,
  type DueQueue,
  type SilentOutlet,
} from './standstill.store.ts'
export {
  cancelRelease,
  followWithdrawnMessages,
  pauseRelease,
  recallRelease,
  resolveUnknown,
  resumeRelease,
} from './stop-release.ts'
export { unknownIn, unknownOf, type UnknownKey, type UnknownLine, type UnknownShare } from './unknown.store.ts'
export { bodiesReleasedFor, waitingFor } from './waiting-for.ts'
export { ledgerWork, sendersInUse, sendWith, workLedger, type LedgerWork } from './work-ledger.ts'
