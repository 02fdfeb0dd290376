/**
 * Press (báo chí): the wire (bản tin báo chí) of each newsroom, on which what is released to it stands number by number,
 * corrections and kills too; and what newsrooms answer: taken, ran, not running.
 */
export { answerByLink, answerForNewsroom, itemOfLink } from './answer-item.ts'
export { answersOf } from './answer.store.ts'
export { ANSWER_KINDS, MEDIUMS, type AnswerKind, type Medium, type NotedAnswer } from './answer.ts'
export { itemById, itemsAfter, itemsBefore, itemsOfDelivery, showsPicture, type ItemFilter } from './item.store.ts'
export { publishingStatusOf, storyIdOf, type PressItem, type PublishingStatus, type StandingItem } from './item.ts'
export { kitOf } from './kit.store.ts'
export type { Kit, KitMailer, KitOutcome } from './kit.ts'
export { notePoll, openWire, shutWire, wireOfToken, wireToken } from './keep-wire.ts'
export { mailKitAgain, whyNotMailAgain } from './mail-again.ts'
export { mailKitJob, mailKitsWith } from './press.jobs.ts'
export { putOnWire } from './put-on-wire.ts'
export { newsroomsAfter, wireOf, type NewsroomLine } from './wire.store.ts'
export { answerTokenOf, secretOf, type Wire } from './wire.ts'
