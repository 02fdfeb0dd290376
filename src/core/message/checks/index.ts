/** Checks of words: functions from texts to findings, with no data and no clock of their own. Linear in the text. */
export { checkIdentity, type KnownNames } from './deidentify.ts'
export { checkHotline } from './hotline.ts'
export { checkLinks } from './links.ts'
export { checkPastDays } from './past-days.ts'
export { checkReadability } from './readability.ts'
export { checkEndedNames, checkStaleFacts, type EndedName } from './stale-facts.ts'
export { checkStigma } from './stigma.ts'
export type { TextFields } from './text-fields.ts'
