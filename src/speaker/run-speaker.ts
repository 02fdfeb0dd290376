import { runDevice } from './start-device.ts'
import { startSpeaker, type Speaker, type SpeakerWish } from './start-speaker.ts'

/** Runs a device that plays, and starts it anew when the province asks for that, until it is closed or revoked. */
export function runSpeaker(wish: Omit<SpeakerWish, 'onRestart'>, anew?: () => void): Speaker {
  return runDevice((onRestart) => startSpeaker({ ...wish, onRestart }), anew)
}
