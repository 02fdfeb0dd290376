/**
 * Evidence (minh chứng): proof that people give of what they did. An activity says where, when and what, with its
 * numbers, photographs and papers; it is graded by rule, looked at by checks, accepted up the tree and counted as facts.
 * The table of facts and how to sum it: README.md.
 */
export { activitiesWhere, countActivities, type ActivityFilter, type ActivityKey } from './activity-list.store.ts'
export { activitiesOfTask, activityById, lastSaid } from './activity.store.ts'
export {
  ACCEPTANCES,
  ACTIVITY_STATES,
  GRADES,
  gradeOf,
  whyNotActivity,
  type Activity,
  type ActivityState,
  type Grade,
  type Proof,
} from './activity.ts'
export { ACTIVITY_TABLE_COLUMNS, type ActivityTableRow } from './activity-table.ts'
export { amendActivity, withdrawActivity } from './amend-activity.ts'
export { attachProof, noteMachineProof, removeProof, type GivenFile } from './attach-proof.ts'
export {
  BREAKDOWNS,
  type Breakdown,
  inUse,
  kindForChannels,
  type ActivityKind,
  type Catalogue,
  type Indicator,
  type PeoplePart,
} from './catalogue.ts'
export { readCatalogue } from './catalogue.store.ts'
export { completenessOf, type Completeness } from './completeness.store.ts'
export { fieldOfCount, wholeOf, type Count } from './count.ts'
export {
  acceptActivity,
  activityToShow,
  answerFinding,
  returnActivity,
  whyNotAccept,
  whyNotReturn,
} from './decide-activity.ts'
export { eventsOfActivity } from './event.store.ts'
export { dropStaleUploadsJob } from './evidence.jobs.ts'
export { factsOf } from './fact.store.ts'
export { FINDING_CODES } from './finding.ts'
export { findingsOf, openFindings, type StandingFinding } from './finding.store.ts'
export { followProofPictures } from './follow-pictures.ts'
export { importActivities, previewActivities, type ActivityPreview } from './import-activities.ts'
export { keepIndicator, keepKind, keepPart } from './keep-catalogue.ts'
export { lockPeriod, unlockPeriod, whyLocked } from './lock-period.ts'
export { locks } from './lock.store.ts'
export { proofsOf, proofsOfAll } from './proof.store.ts'
export { REMOVAL } from './removal.ts'
export { sendActivity, type Sent } from './send-activity.ts'
export { ACCEPTORS, SENDERS } from './senders.ts'
export { decideSpotCheck, drawSpotChecks, redraw, type Redrawn } from './spot-check.ts'
export { checksOf, drawById, newestDraws, type SpotCheck, type SpotDraw } from './spot-check.store.ts'
export { proofOfTask, type ProofOfTask } from './task-proof.ts'
export { finishUpload, LARGEST_PIECE_BYTES, refuseUpload, stateOf, takePiece, type UploadState } from './upload.ts'
export { bytesOfUpload, openUploads, uploadById, type Upload } from './upload.store.ts'
export { bodiesHeld, MOST_COUNTED, toAccept, waitingFor } from './waiting-for.ts'
