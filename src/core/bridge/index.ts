/**
 * Bridge (cầu nối) to source-information systems (hệ thống thông tin nguồn, guides 1273 and 2455): packages out and in,
 * a table of codes that people fill because the annexes are not public, and a log of every exchange. What comes in is a
 * proposal: nothing of it goes out before it is a message that was approved here.
 */
export type {
  BridgePackage,
  PackageFormat,
  PackageProblem,
  PlayFigures,
  SourceBeat,
  SourceBulletin,
  SourceDay,
  SourceDevice,
  SourcePlay,
  SourceReport,
  SourceShowing,
  SourceSlot,
  Unpacked,
} from './bridge-package.ts'
export { codesOf, settingOf } from './code.store.ts'
export { CODE_KINDS, CODE_VALUES, CodeTable, type Code, type CodeKind, type Exchange } from './code.ts'
export { declineProposedDay, takeProposedDay } from './decide-day.ts'
export { declineProposal, takeProposal } from './decide-proposal.ts'
export { attemptsOfExchange, exchangeById, exchangesBefore, type Attempt } from './exchange.store.ts'
export { dropWith, type DropFolder, type Dropped } from './drop-folder.ts'
export { takeDroppedJob } from './drop.jobs.ts'
export { changedFieldNames, fieldNamesOf } from './field-name.store.ts'
export { FIELD_SECTIONS, FIELDS, FieldNames, type FieldName, type FieldSection } from './field-name.ts'
export { inputOf, keepFieldNames } from './keep-field-names.ts'
export { dropBridgeCode, keepBridgeCode, setBridge } from './keep-codes.ts'
export { packageOf, unmappedIn } from './make-package.ts'
export {
  beatRows,
  countRows,
  deviceRows,
  figureRows,
  reportRows,
  ROW_LISTS,
  showingRows,
  type RowList,
} from './package-row.store.ts'
export { proposedDayById, proposedDaysAfter } from './proposed-day.store.ts'
export { daysAhead, whyNotDecideDay, type ProposedDay } from './proposed-day.ts'
export { packWith } from './package-format.ts'
export { proposalById, proposalsBefore, proposalsNamed } from './proposal.store.ts'
export { ARRIVALS, classOf, whyNotDecide, type Proposal } from './proposal.ts'
export { pushJob, pushWith, type Push, type Pushed, type Pusher } from './push.jobs.ts'
export { previewPackage, receivePackage, takeLeft, takePackage, whyNotTake } from './receive-package.ts'
export { notePackage, pushAgain, sendPackage } from './send-package.ts'
export { waitingFor } from './waiting-for.ts'
