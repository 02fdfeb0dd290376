/**
 * The device in a village: it enrols, holds the programme of its station or board, plays or shows by its own clock, and says
 * under its own signature what it played or showed. docs/speaker-protocol.md is all that it knows of the province. It opens no database and imports
 * nothing of the core or the app.
 */
export { clockLike } from './clock.ts'
export { readEnrolment } from './disk/identity.ts'
export { enrol, NotEnrolled } from './network/enrol.ts'
export { framesTo, linesTo } from './panels/panels.ts'
export { BOARD_AGENT_VERSION, runBoard } from './run-board.ts'
export { runSpeaker } from './run-speaker.ts'
export { startSimulatedDevice } from './simulated-device.ts'
export { soundNamed, SOUNDS } from './sounds/sounds.ts'
export { machineClock } from './clock.ts'
export { AGENT_VERSION } from './start-speaker.ts'
