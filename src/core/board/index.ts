/**
 * Board (bảng tin điện tử): what each board shows, laid there by the ledger and taken down by it; the screens at its secret
 * address, or the device of its own; and the signed proof of display by which a row is delivered.
 */
export {
  aheadMs,
  boardMedia,
  boardOfToken,
  boardProgramme,
  noteBoardHeard,
  type BoardProgramme,
} from './board-programme.ts'
export { closeUnshownJob } from './board.jobs.ts'
export { boardOf, boardsAfter, planeBoards, screensOf, type BoardLine, type PlaneBoard } from './board.store.ts'
export { BOARD_TAKES, SILENT_AFTER_MS, tokenOf, whyNotBoard, type Board, type Screen, type Showing } from './board.ts'
export { enrolScreen, type EnrolledScreen } from './enrol-screen.ts'
export { expectDevice, openBoard, registerBoard, revokeScreen, shutBoard, trustScreen } from './keep-board.ts'
export { layShowings, takeBack } from './lay-showings.ts'
export { MOST_PROOFS, noteProofs } from './note-proofs.ts'
export { noteShown, type ShownEntry } from './note-shown.ts'
export { fileMeantFor, planeShowings, type PlaneShowings } from './plane-board.ts'
export { proofsOf, shownSums } from './proof.store.ts'
export { hashOfProof, proofText, type Proof } from './proof.ts'
export { showingsAt } from './showing.store.ts'
