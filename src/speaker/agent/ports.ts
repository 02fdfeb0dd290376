import type { KeyObject } from 'node:crypto'
import type { Class } from '../../platform/speakers/protocol.ts'
import type { Reading } from '../rules/righted-clock.ts'

/** Who the device is, by its enrolment. */
export interface Identity {
  readonly deviceId: string
  readonly code: string
  /** Of the station where it plays, or of the board that it shows. */
  readonly stationCode: string
  readonly privateKey: KeyObject
  /** Keys of the province by their ids: what none of them signed is nothing. */
  readonly keys: ReadonlyMap<string, KeyObject>
}

/** The pieces that are kept whole: a reader finds the old or the new one, whenever the power goes. */
export type Piece = 'schedule' | 'emergencies' | 'showings' | 'held' | 'clock'

/** What survives a loss of power. A call that comes back has reached the disk; one that cannot throws and leaves what was. */
export interface Disk {
  /** Lines of the log, each one entry; a last one that is torn was never written. */
  log(): readonly string[]
  append(line: string): void
  replaceLog(lines: readonly string[]): void
  /** What was begun and how far it came, since it was last cleared. */
  begun(): readonly string[]
  begin(line: string): void
  clearBegun(): void
  read(piece: Piece): string | null
  keep(piece: Piece, text: string): void
}

/** What is to lie on the shelf: a recording of so many seconds, or a picture or film, of which nothing is asked but its hash. */
export interface WantedFile {
  readonly sha256: string
  readonly bytes: number
  readonly class: Class
  readonly seconds: number | null
}

/** Files that lie here whole, by hash. */
export interface Shelf {
  has(sha256: string): boolean
  count(): number
}

export interface SoundWish {
  /** Null for the test tone. */
  readonly playId: string | null
  readonly sha256: string | null
  readonly seconds: number
  /** 0 to 100. */
  readonly volume: number
}

/** A sound that is given piece by piece while it sounds. */
export interface Speech {
  /** Whole frames of MP3 that go on from those before. */
  push(audio: Uint8Array, seconds: number): void
  /** Nothing comes any more: what was given sounds to its end, and `ended` is called. */
  finish(): void
  stop(): void
}

export type SpeechWish = Pick<SoundWish, 'volume'> & { readonly playId: string }

/** The loudspeaker. `ended` is called once, later, with what went wrong or null; never after `stop`. */
export interface Sound {
  begin(wish: SoundWish, ended: (fault: string | null) => void): { stop(): void }
  speak(wish: SpeechWish, ended: (fault: string | null) => void): Speech
}

/** What a board shows at a moment. No lines: it is dark. */
export interface Frame {
  /** Null for what is no showing: the numbers to call, or nothing. */
  readonly showingId: string | null
  readonly class: Class
  /** BCP 47. */
  readonly language: string
  readonly lines: readonly string[]
  /** A picture or film that lies on the shelf. */
  readonly file: { readonly sha256: string; readonly mime: string; readonly alternative: string } | null
}

/** The lamps. */
export interface Panel {
  /** Puts it in the place of what stands there; false where the panel does not take it. */
  show(frame: Frame): boolean
  /** Whether what it was given last still stands there. */
  works(): boolean
}

/** What every device has. */
export interface DevicePorts {
  readonly disk: Disk
  readonly shelf: Shelf
  readonly read: () => Reading
  /** Sends a message up; false when it could not even be queued. */
  readonly publish: (message: Buffer) => boolean
  /** Begins to bring these files here, the most urgent first; all others but `needed` may go. */
  readonly bring: (wanted: readonly WantedFile[], needed: ReadonlySet<string>) => void
  /** Asks for a fresh start of the program. */
  readonly restart: () => void
  readonly nonce: () => string
  readonly agentVersion: string
}

export type SpeakerPorts = DevicePorts & { readonly sound: Sound }
export type BoardPorts = DevicePorts & { readonly panel: Panel }
