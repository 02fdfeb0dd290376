/**
 * Review (thẩm định, duyệt): who must agree to a message before it goes out. An approval is bound to the hash of exactly
 * what was submitted; any edit makes it void. Nobody decides on what they wrote or edited last, and nobody approves a
 * recording that they have not listened to, to the end.
 */
export { makeComment, resolveComment } from './comment.ts'
export { commentsOf, type Comment } from './comment.store.ts'
export { decideReview, whyNotTakeStep } from './decide-review.ts'
export { beginListening, noteListening, recordingsToHear, whyNotHeard, type ToHear } from './listening.ts'
export { recordHandover } from './hand-over.ts'
export {
  approvalOf,
  partsInTurn,
  stepsFor,
  STEP_NAMES,
  type Approval,
  type Review,
  type ReviewPart,
  type ReviewStep,
} from './review.ts'
export { remindReviews } from './review.jobs.ts'
export { approvedContent, reviewsOf, statesOfMessages, stepsOf } from './review.store.ts'
export { setSteps } from './set-steps.ts'
export { submitMessage, takeBackMessage, whyNotSubmit } from './submit-message.ts'
export { waitingFor } from './waiting-for.ts'
