/**
 * Carrier (nhà mạng, doanh nghiệp viễn thông): text messages to a whole province are ordered by its people's committee
 * alone (decree 49/2024/NĐ-CP, articles 32–33). A release with carriers among its outlets gets a dossier: the request to
 * the committee and the draft of its letter, followed to the signature, to each carrier, and to each carrier's figures,
 * by which the rows of the ledger close.
 */
export {
  figuresOf,
  whyNotCarrier,
  whyNotReceipt,
  type CarrierReceipt,
  type CarrierRequest,
  type CarrierRequestState,
  type CarrierSending,
} from './carrier-request.ts'
export { carrierRequestById, carrierRequestOf, carrierRequests, sendingsOf } from './carrier.store.ts'
export { fileCarrierReceipt } from './file-receipt.ts'
export {
  dropCarrierRequest,
  noteCommitteeSigned,
  numberRequest,
  sendToCarriers,
  sendToCommittee,
} from './move-request.ts'
export { carriersOf } from './carrier-words.ts'
export { prepareCarrierRequest, whyNotPrepare } from './prepare-request.ts'
