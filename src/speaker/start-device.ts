import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Agent } from './agent/agent.ts'
import type { MakesDuty } from './agent/duty.ts'
import { machineClock, type SpeakerClock } from './clock.ts'
import { AudioShelf } from './disk/audio-shelf.ts'
import { openDisk } from './disk/device-disk.ts'
import { deviceKey, identityOf, type Enrolment } from './disk/identity.ts'
import { Downloads } from './network/downloads.ts'
import { openLink } from './network/mqtt-link.ts'

/** What every device is started with. */
export interface DeviceWish {
  /** Where it keeps all it has; must be its own. */
  readonly folder: string
  readonly enrolment: Enrolment
  readonly clock?: SpeakerClock
  /** PEM of who signs the broker's certificate. */
  readonly ca?: Buffer | null
  /** Of files that are kept; a gigabyte is some twenty hours of recordings. @defaultValue 1 GB */
  readonly mostAudioBytes?: number
  /** For whoever reads the terminal. */
  readonly say?: (words: string) => void
  readonly onRestart?: () => void
  readonly onRevoked?: () => void
}

/** In what its duty is done. */
export interface Around {
  readonly clock: SpeakerClock
  /** Where a file of the shelf lies. */
  readonly pathOf: (sha256: string) => string
  /** Looks at once what comes next. */
  readonly turn: () => void
}

export interface RunningDevice {
  readonly deviceId: string
  /** Ends what it does in order, and says goodbye. */
  close(): Promise<void>
}

/** Starts a device on the wires: the broker, the server of its files, the disk, and what it plays or shows on. */
export function startDevice(
  wish: DeviceWish,
  agentVersion: string,
  dutyIn: (around: Around) => MakesDuty,
): RunningDevice {
  const { folder, enrolment, clock = machineClock(), say = () => {} } = wish
  const { privateKey } = deviceKey(folder)
  const identity = identityOf(enrolment, privateKey)
  const disk = openDisk(folder)
  const shelf = new AudioShelf(join(folder, 'audio'), wish.mostAudioBytes ?? 1_000_000_000)
  const { deviceId, stationCode, kind } = enrolment
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
  const duty = dutyIn({ clock, pathOf: (sha256) => shelf.pathOf(sha256), turn: () => turn() })
  const link = openLink(
    { ...enrolment.mqtt, ca: wish.ca ?? null, deviceId, stationCode, kind },
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
  const ports = {
    disk,
    shelf,
    read: () => clock.read(),
    publish: (message: Buffer) => link.publish(message),
    bring: downloads.bring.bind(downloads),
    restart: () => void wish.onRestart?.(),
    nonce: () => randomBytes(16).toString('base64url'),
    agentVersion,
  }
  agent = new Agent(identity, ports, duty)
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

/**
 * Runs a device, and starts it anew when the province asks for that, until it is closed or revoked. `anew` puts another
 * process in the place of this one; where it comes back, or there is none, the device starts anew within this one.
 */
export function runDevice(start: (onRestart: () => void) => RunningDevice, anew?: () => void): RunningDevice {
  let turning: Promise<void> = Promise.resolve()
  let closed = false
  const again = () => {
    turning = turning.then(async () => {
      await device.close()
      if (closed) return
      anew?.()
      device = start(later)
    })
  }
  const later = () => void setImmediate(again)
  let device = start(later)
  return {
    deviceId: device.deviceId,
    async close() {
      closed = true
      await turning
      await device.close()
    },
  }
}
