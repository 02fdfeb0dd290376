import type { SpeakerClock } from './clock.ts'
import { readEnrolment, type DeviceKind } from './disk/identity.ts'
import { enrol } from './network/enrol.ts'
import { BOARD_AGENT_VERSION, runBoard } from './run-board.ts'
import { runSpeaker } from './run-speaker.ts'
import type { RunningDevice } from './start-device.ts'
import { AGENT_VERSION } from './start-speaker.ts'

const AGENTS = { speaker: AGENT_VERSION, board: BOARD_AGENT_VERSION }

/**
 * A device in this process that nobody hears or sees: it enrols by the code unless its folder has been enrolled, and then
 * does all that one on a pole does, in the real time of the given clock.
 */
export async function startSimulatedDevice(wish: {
  readonly kind: DeviceKind
  /** Of the pages, as `http://localhost:3474`. */
  readonly address: string
  /** One-time code; not looked at where the folder has been enrolled. */
  readonly code: string
  readonly folder: string
  readonly clock: SpeakerClock
  /** Where broker and recordings stand by now, where that is not where they stood when it enrolled. */
  readonly doors?: { readonly mqtt: string; readonly audio: string }
}): Promise<RunningDevice> {
  const { kind, folder, clock, doors } = wish
  const kept = readEnrolment(folder) ?? (await enrol({ ...wish, agent: `${AGENTS[kind]} simulated` }))
  const enrolment = doors ? { ...kept, mqtt: { ...kept.mqtt, url: doors.mqtt }, audio: doors.audio } : kept
  return (kind === 'board' ? runBoard : runSpeaker)({ folder, enrolment, clock })
}
