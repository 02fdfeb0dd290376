import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Agent } from './agent/agent.ts'
import type { Sound } from './agent/ports.ts'
import { machineClock, type SpeakerClock } from './clock.ts'
import { AudioShelf } from './disk/audio-shelf.ts'
import { openDisk } from './disk/device-disk.ts'
import { deviceKey, identityOf, type Enrolment } from './disk/identity.ts'
import { Downloads } from './network/downloads.ts'
import { openLink } from './network/mqtt-link.ts'
import { silent } from './sounds/sounds.ts'

export const AGENT_VERSION = 'loa-speaker 0.1.0'

export interface SpeakerWish {
  /** Where it keeps all it has; must be its own. */
  readonly folder: string
  readonly enrolment: Enrolment
  readonly clock?: SpeakerClock
  /** Nothing is heard unless it is given; it gets where a recording lies. */
  readonly sound?: (pathOf: (sha256: string) => string) => Sound
  /** PEM of who signs the broker's certificate. */
  readonly ca?: Buffer | null
  /** Of recordings that are kept; a gigabyte is some twenty hours. @defaultValue 1 GB */
  readonly mostAudioBytes?: number
  /** For whoever reads the terminal. */
  readonly say?: (words: string) => void
  readonly onRestart?: () => void
  readonly onRevoked?: () => void
}

export interface Speaker {
  readonly deviceId: string
  /** Falls silent in order, and says goodbye. */
  close(): Promise<void>
}

/** Starts the device on the wires: the broker, the server of recordings, the disk, the loudspeaker. */
export function startSpeaker(wish: SpeakerWish): Speaker {
  const { folder, enrolment, clock = machineClock(), say = () => {} } = wish
  const { privateKey } = deviceKey(folder)
  const identity = identityOf(enrolment, privateKey)
  const disk = openDisk(folder)
  const shelf = new AudioShelf(join(folder, 'audio'), wish.mostAudioBytes ?? 1_000_000_000)
  const { deviceId, stationCode } = enrolment
  let cancel = () => {}
  let closed = false
  /** Before all the parts know each other, nothing comes in. */
  let agent: Agent | null = null

  const turn = () => {
    cancel()
    if (closed || !agent) return
    if (agent.isRevoked) return void wish.onRevoked?.()
    cancel = clock.after(agent.tick(), turn)
  }
  const does = (act: (device: Agent) => void) => {
    if (closed || !agent) return
    act(agent)
    turn()
  }
  const downloads = new Downloads(
    { url: enrolment.audio, deviceId, privateKey },
    shelf,
    () => agent?.timeMs ?? clock.read().wallMs,
    {
      brought: (sha256, refused) => does((device) => device.brought(sha256, refused)),
      noRoom: () => does((device) => device.noRoom()),
    },
    clock,
  )
  const sound = wish.sound?.((sha256) => shelf.pathOf(sha256)) ?? silent(clock)
  const link = openLink(
    { ...enrolment.mqtt, ca: wish.ca ?? null, deviceId, stationCode },
    {
      connected() {
        say('connected')
        does((device) => device.connected())
        downloads.hurry()
      },
      disconnected() {
        say('disconnected')
        does((device) => device.disconnected())
      },
      message: (bytes) => does((device) => device.received(bytes)),
      trouble: say,
    },
    clock,
  )
  agent = new Agent(identity, {
    disk,
    shelf,
    sound: endingIn(sound, () => turn()),
    read: () => clock.read(),
    publish: (message) => link.publish(message),
    bring: (wanted, needed) => downloads.bring(wanted, needed),
    restart: () => void wish.onRestart?.(),
    nonce: () => randomBytes(16).toString('base64url'),
    agentVersion: AGENT_VERSION,
  })
  turn()
  return {
    deviceId,
    async close() {
      if (closed) return
      agent?.stop()
      closed = true
      cancel()
      await Promise.all([link.close(), downloads.close()])
      disk.close()
    },
  }
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
