/**
 * Message (tin, bài, thông điệp): what is to be said, written once. Each way out in each language has a rendition,
 * composed by the rules of its channel and then open to hands; a translation is signed by a native speaker. Facts stand
 * in it by reference. `contentHash` is of all that would go out: what an approval is bound to.
 */
export { allRules, composeWith, rulesOf } from './channel-rules.ts'
export { contentOf, type Content } from './compose-renditions.ts'
export { contentHash } from './content-hash.ts'
export { draftOf, lockOf, type Draft, type Lock } from './draft.store.ts'
export { markOf, printFacts } from './fact-marks.ts'
export { followFact } from './follow-facts.ts'
export { keepDraft, LOCK_MINUTES } from './keep-draft.ts'
export { editMessage, restoreMessage, startMessage, withdrawMessage } from './keep-message.ts'
export {
  addRendition,
  confirmRendition,
  dropRendition,
  editRendition,
  mayWriteRendition,
  OneRendition,
  recomposeRendition,
  restoreRendition,
} from './keep-rendition.ts'
export { dropTerm, keepTerm } from './keep-term.ts'
export {
  messageById,
  messagesUsing,
  messagesWhere,
  messagesWithFact,
  versionOf,
  versionsOf,
  type MessageFilter,
  type MessageKey,
} from './message.store.ts'
export { MASTER_FIELDS, whyNotEdit, type MasterWords, type Message, type MessageVersion } from './message.ts'
export { previewMessage } from './preview-message.ts'
export { coverOf, placeCoverOf } from './coverage.ts'
export { handoversOf, handoversToRecall, insertHandover, type Handover } from './handover.store.ts'
export { whenMessageWithdrawn } from './recall.ts'
export { recordRendition, recordSpeech } from './record-rendition.ts'
export { renditionById, renditionsOf, renditionVersionsOf } from './rendition.store.ts'
export {
  ACCENTS,
  VOICES,
  type Accent,
  type MachineVoice,
  type Rendition,
  type RenditionState,
  type RenditionVersion,
  type Recording,
  type Signature,
  type Voice,
} from './rendition.ts'
export { needsDecision } from './check-recording.ts'
export { useRecording } from './use-recording.ts'
export { signRendition } from './sign-rendition.ts'
export { LANGUAGE_TAG, languageOf, MESSAGE_LANGUAGES, type MessageLanguage } from './spoken-languages.ts'
export { isClean, isOral, standingOf, type Standing, type StandingRendition } from './standing.ts'
export { consentOf } from './story-consent.store.ts'
export { recordConsent, withdrawConsent, type StoryConsent } from './story-consent.ts'
export { termsOf, type Term } from './term.store.ts'
export { lockMessage } from './message.store.ts'
export { WRITERS } from './write-message.ts'
