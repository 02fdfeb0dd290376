import type { SpeakerClock } from './clock.ts'
import { readEnrolment } from './disk/identity.ts'
import { enrol } from './network/enrol.ts'
import { runSpeaker } from './run-speaker.ts'
import { AGENT_VERSION, type Speaker } from './start-speaker.ts'

/**
 * A device in this process that is heard by nobody: it enrols by the code unless its folder has been enrolled, and then does
 * all that one on a pole does, in the real time of the given clock.
 */
export async function startSimulatedSpeaker(wish: {
  /** Of the pages, as `http://localhost:3474`. */
  readonly address: string
  /** One-time code; not looked at where the folder has been enrolled. */
  readonly code: string
  readonly folder: string
  readonly clock: SpeakerClock
  /** Where broker and recordings stand by now, where that is not where they stood when it enrolled. */
  readonly doors?: { readonly mqtt: string; readonly audio: string }
}): Promise<Speaker> {
  const { folder, clock, doors } = wish
  const agent = `${AGENT_VERSION} simulated`
  const kept = readEnrolment(folder) ?? (await enrol({ ...wish, agent }))
  const enrolment = doors ? { ...kept, mqtt: { ...kept.mqtt, url: doors.mqtt }, audio: doors.audio } : kept
  return runSpeaker({ folder, enrolment, clock })
}
