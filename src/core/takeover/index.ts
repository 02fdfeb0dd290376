/**
 * Takeover (phát trực tiếp, tiếp quản loa): a person speaks, and the devices of stations say it while it is spoken. One
 * person asks, another approves; what was said is kept by its hash, and what became of it at each device by its signed log.
 * `devices addressed = began + silent`, always.
 */
export { askTakeover, whyNotAsk } from './ask-takeover.ts'
export { approveTakeover, dropTakeover } from './decide-takeover.ts'
export { finishTakeover, keepSpeech, stopTakeover } from './end-takeover.ts'
export { noteSaid } from './note-said.ts'
export { whyNotOverIts, whyNotWatch } from './rights.ts'
export { setMostMinutes } from './set-minutes.ts'
export { sayPart } from './speak.ts'
export {
  loggedTakeovers,
  reachedBy,
  stationsReached,
  type DeviceSaid,
  type LoggedTakeover,
  type Reached,
} from './takeover-end.store.ts'
export { notePartSent, unsentParts } from './takeover-part.store.ts'
export {
  mostMinutes,
  openTakeovers,
  stationCounts,
  stationsOfTakeover,
  takeoverById,
  takeoversAfter,
  type AfterTakeover,
  type TakenStation,
} from './takeover.store.ts'
export {
  APPROVERS,
  endsBy,
  MINUTES,
  standingOf,
  whyNotApprove,
  whyNotSpeak,
  whyOver,
  type EndReason,
  type Standing,
  type Takeover,
} from './takeover.ts'
export { waitingFor } from './waiting-for.ts'
