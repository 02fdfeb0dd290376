import { startSpeaker, type Speaker, type SpeakerWish } from './start-speaker.ts'

/** Runs a device, and starts it anew when the province asks for that, until it is closed or revoked. */
export function runSpeaker(wish: Omit<SpeakerWish, 'onRestart'>): Speaker {
  let turning: Promise<void> = Promise.resolve()
  let speaker: Speaker
  let closed = false
  const start = () => startSpeaker({ ...wish, onRestart: () => setImmediate(again) })
  const again = () => {
    turning = turning.then(async () => {
      await speaker.close()
      if (!closed) speaker = start()
    })
  }
  speaker = start()
  return {
    deviceId: speaker.deviceId,
    async close() {
      closed = true
      await turning
      await speaker.close()
    },
  }
}
