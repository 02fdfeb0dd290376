import type { Down } from '../../platform/speakers/protocol.ts'
import type { Held } from './held.ts'
import type { DevicePorts, WantedFile } from './ports.ts'
import type { Record } from './record.ts'
import type { Heartbeat } from './talk.ts'
import type { Taken } from '../rules/admit.ts'

/** The message as it is counted: taken once. */
export type Key = Taken & { readonly key: string }

/** What the province says of what is to be played or shown; all else every device does alike. */
export type Told = Exclude<Down['body'], { kind: 'command' | 'logged' | 'time' }>

/** What a device is there for: it plays, or it shows. */
export interface Duty {
  /** Takes what is to be done from now on. Throws where the disk does not take it: then it was not taken. */
  obey(body: Told, message: Uint8Array, key: Key): void
  /** Does what is due; answers in how many ms to look again at the latest, null when nothing stands open. */
  turn(): number | null
  /** Ends what goes on, and says why. */
  cut(reason: string): void
  /** Sounds the test tone; answers what is said of it. */
  tone(): string
  /** What is to lie here, the most urgent first. */
  wanted(): readonly WantedFile[]
  /** What of a heartbeat is its own. */
  beat(): Pick<Heartbeat, 'scheduleVersion' | 'nextPlayAt' | 'volume'>
}

export type MakesDuty = (ports: DevicePorts, held: Held, record: Record) => Duty
