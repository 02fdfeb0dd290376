import type { Day } from '../kernel/index.ts'
import type { FieldNames } from './field-name.ts'

/**
 * What is exchanged with a source-information system (hệ thống thông tin nguồn), in our words. `field`, `kind` and
 * `urgency` are codes of the other system, as they stand there; empty where there is none.
 */
export interface BridgePackage {
  /** The code by which the other system knows the sender. */
  readonly source: string
  readonly madeAt: Date
  readonly bulletins: readonly SourceBulletin[]
  readonly days: readonly SourceDay[]
  readonly devices: readonly SourceDevice[]
  readonly figures: readonly PlayFigures[]
  readonly reports: readonly SourceReport[]
  readonly beats: readonly SourceBeat[]
  readonly showings: readonly SourceShowing[]
}

export interface SourceBulletin {
  readonly id: string
  readonly title: string
  readonly field: string
  readonly kind: string
  readonly urgency: string
  readonly source: string
  readonly words: string
  readonly summary: string
  readonly seconds: number
  /** Who it is from, in words. */
  readonly from: string
  readonly createdBy: string
  /** As the other system writes it: in which form moments stand there is not public. */
  readonly createdAt: string
  /** Codes of stations or places where it is to be played. */
  readonly reach: readonly string[]
  readonly author: SourceAuthor
  readonly sound: SourceSound | null
}

export interface SourceAuthor {
  readonly name: string
  readonly userName: string
  readonly mail: string
  readonly penName: string
}

/** The recording that goes with a bulletin, by its SHA-256 in hex. */
export interface SourceSound {
  readonly sha256: string
  readonly bytes: number
  /** BCP 47. */
  readonly language: string
}

/** What a station plays on a day: slot by slot, each an ordered list. */
export interface SourceDay {
  readonly id: string
  readonly station: string
  readonly day: Day
  /** Other days with the same plan. */
  readonly copies: readonly Day[]
  readonly slots: readonly SourceSlot[]
}

export interface SourceSlot {
  readonly id: string
  readonly name: string
  /** `HH:MM` in the time of Vietnam. */
  readonly begins: string
  readonly ends: string
  readonly plays: readonly SourcePlay[]
}

export interface SourcePlay {
  readonly id: string
  readonly order: number
  /** One of the bulletins of the package. */
  readonly bulletinId: string
  readonly seconds: number
}

export interface SourceDevice {
  readonly code: string
  readonly name: string
  /** The station or cluster it belongs to. */
  readonly area: string
  readonly address: string
  readonly latitude: number | null
  readonly longitude: number | null
  readonly on: boolean
}

/** What was played at one loudspeaker in the days of the package; times in seconds. */
export interface PlayFigures {
  readonly station: string
  readonly speaker: string
  readonly place: string
  readonly latitude: number | null
  readonly longitude: number | null
  readonly total: number
  readonly played: number
  readonly emergencies: number
  readonly playedSeconds: number
  readonly askedSeconds: number
}

/** What the other system says became of a bulletin at a device. */
export interface SourceReport {
  readonly id: string
  readonly bulletinId: string
  readonly device: string
  readonly state: string
  readonly at: Date
  readonly seconds: number
}

/** What a device last said of itself (nhịp báo). */
export interface SourceBeat {
  readonly device: string
  readonly name: string
  readonly at: Date
  readonly version: string
  /** In hundredths; null where it has not said. */
  readonly volume: number | null
  readonly faults: readonly string[]
}

/** What a board shows from when until when; moments to the second. */
export interface SourceShowing {
  readonly id: string
  readonly board: string
  readonly title: string
  /** As the other system writes it: BanTinThongBao, BanTinVanBan, BanTinHinhAnh, BanTinVideo. */
  readonly kind: string
  readonly words: string
  /** The picture or film, by its SHA-256 in hex where it is ours; empty where there is none. */
  readonly media: string
  readonly seconds: number
  readonly madeAt: Date
  readonly from: Date
  readonly until: Date
  readonly on: boolean
}

/** Something in a package that cannot be taken, by where it stands; worded under `refusal_<code>`. */
export interface PackageProblem {
  readonly section: 'bulletins' | 'days' | 'devices' | 'figures' | 'reports' | 'beats' | 'showings'
  /** 1 for the first. */
  readonly row: number
  readonly code: string
  readonly field: string
}

/** The words of one way of writing a package, which the platform knows; the app registers it. */
export interface PackageFormat {
  /** A folder in one file: JSON, recordings by their hash, and the schedule to be printed. */
  pack(given: BridgePackage, sounds: ReadonlyMap<string, Uint8Array>, names: FieldNames): Uint8Array
  /** @throws Refusal where nothing of it can be read. */
  unpack(bytes: Uint8Array, names: FieldNames): Unpacked
}

export interface Unpacked {
  readonly content: BridgePackage
  readonly problems: readonly PackageProblem[]
  /** Recordings in it whose bytes are what their name says. */
  readonly sounds: ReadonlyMap<string, Uint8Array>
}
