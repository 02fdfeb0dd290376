import type { Sound } from './agent/ports.ts'
import { Programme } from './agent/programme.ts'
import { silent } from './sounds/sounds.ts'
import { startDevice, type DeviceWish, type RunningDevice } from './start-device.ts'

export const AGENT_VERSION = 'loa-speaker 0.1.0'

export interface SpeakerWish extends DeviceWish {
  /** Nothing is heard unless it is given; it gets where a recording lies. */
  readonly sound?: (pathOf: (sha256: string) => string) => Sound
}

export type Speaker = RunningDevice

/** Starts a device that plays. */
export function startSpeaker(wish: SpeakerWish): Speaker {
  return startDevice(wish, AGENT_VERSION, ({ clock, pathOf, turn }) => {
    const sound = endingIn(wish.sound?.(pathOf) ?? silent(clock), turn)
    return (ports, held, record) => new Programme({ ...ports, sound }, held, record)
  })
}

/** After each sound it is looked at once what comes next. */
function endingIn(sound: Sound, then: () => void): Sound {
  const also = (ended: (fault: string | null) => void) => (fault: string | null) => {
    ended(fault)
    then()
  }
  return {
    begin: (wish, ended) => sound.begin(wish, also(ended)),
    speak: (wish, ended) => sound.speak(wish, also(ended)),
  }
}
