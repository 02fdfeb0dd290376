import type { BroadcastFile, Down, ProvinceKey, ScheduleBody, ShowingsBody } from '../../platform/speakers/protocol.ts'
import { publicKeyOf } from '../rules/raw-key.ts'
import { admit, type Admitted, type Taken } from '../rules/admit.ts'
import type { OpenPlay } from '../rules/choose.ts'
import type { Disk, Identity } from './ports.ts'
import type { LoggedUpTo } from './log-book.ts'

export interface HeldEmergency {
  readonly playId: string
  readonly broadcast: BroadcastFile
}

interface Flags {
  taken: Record<string, Taken>
  volume: number | null
  stopped: boolean
  revoked: boolean
  logged: LoggedUpTo
  /** What the province said last of its keys; null: those of the enrolment. */
  keys: readonly ProvinceKey[] | null
}

const NOTHING_LOGGED: LoggedUpTo = { seq: 0, hash: '0'.repeat(64) }

/**
 * What the device was told and holds. Messages are kept as they were signed and looked at again at each start, so that
 * nobody makes it play by writing on its card.
 */
export class Held {
  readonly #disk: Disk
  readonly #identity: Identity
  readonly #flags: Flags
  schedule: ScheduleBody | null = null
  /** What a board is to show. */
  showings: ShowingsBody | null = null
  /** What is to sound at once, in its order. */
  emergencies: readonly HeldEmergency[] = []
  /** By moment. */
  plays: OpenPlay[] = []
  /** The newest moment at which any of it was written. */
  newestMs = 0

  constructor(disk: Disk, identity: Identity) {
    this.#disk = disk
    this.#identity = identity
    this.#flags = {
      taken: {},
      volume: null,
      stopped: false,
      revoked: false,
      logged: NOTHING_LOGGED,
      keys: null,
      ...(parsed(disk.read('held')) as Partial<Flags> | null), // written by keepFlags alone
    }
    const schedule = this.#again(disk.read('schedule'))
    if (schedule?.body.kind === 'schedule') this.#hold(schedule.body)
    const warning = this.#again(disk.read('emergencies'))
    if (warning?.body.kind === 'emergency') this.emergencies = warning.body.plays
    const showings = this.#again(disk.read('showings'))
    if (showings?.body.kind === 'showings') this.showings = showings.body
  }

  get volume(): number | null {
    return this.#flags.volume
  }
  get stopped(): boolean {
    return this.#flags.stopped
  }
  get revoked(): boolean {
    return this.#flags.revoked
  }
  get logged(): LoggedUpTo {
    return this.#flags.logged
  }

  admit(message: Uint8Array, atLeastMs: number): Admitted {
    return admit(message, { ...this.#standing(atLeastMs), taken: this.#flags.taken, atLeastMs })
  }

  /** Keeps a schedule in the place of the one before. On the disk first; what throws leaves the old one. */
  takeSchedule(message: Uint8Array, body: ScheduleBody): void {
    this.#disk.keep('schedule', Buffer.from(message).toString('utf8'))
    this.#hold(body)
    // Only now: the schedule that was held before may be signed by a key that ends with this one.
    if (body.keys) this.keepFlags({ keys: body.keys })
  }

  /** Keeps what a board is to show in the place of what it was. On the disk first, as a schedule. */
  takeShowings(message: Uint8Array, body: ShowingsBody): void {
    this.#disk.keep('showings', Buffer.from(message).toString('utf8'))
    this.showings = body
    if (body.keys) this.keepFlags({ keys: body.keys })
  }

  /** Holds those that are open first: a disk that takes nothing must not silence a warning. */
  takeEmergencies(message: Uint8Array, open: readonly HeldEmergency[]): void {
    this.emergencies = open
    this.#disk.keep('emergencies', Buffer.from(message).toString('utf8'))
  }

  dropEmergency(playId: string): void {
    const rest = this.emergencies.filter((one) => one.playId !== playId)
    if (rest.length === this.emergencies.length) return
    if (rest.length === 0) {
      // That it was taken must be known when its message no longer says so.
      this.keepFlags({})
      this.#disk.keep('emergencies', '')
    }
    this.emergencies = rest
  }

  dropPlay(playId: string): void {
    this.plays = this.plays.filter(({ id }) => id !== playId)
  }

  /**
   * What changes by a message stands on the disk together with that it was taken: it is obeyed once. It holds at once,
   * even where the disk throws: a stop must stop.
   */
  keepFlags(change: Partial<Flags>, taken?: { readonly key: string } & Taken): void {
    const now = taken ? { [taken.key]: { seq: taken.seq, hash: taken.hash } } : {}
    Object.assign(this.#flags, change, { taken: { ...this.#flags.taken, ...now } })
    this.#disk.keep('held', JSON.stringify(this.#flags))
  }

  /** What it counts as taken in memory alone, where the message itself is on the disk already. */
  noteTaken(key: string, taken: Taken): void {
    this.#flags.taken[key] = taken
  }

  #hold(body: ScheduleBody): void {
    const broadcasts = new Map(body.broadcasts.map((broadcast) => [broadcast.id, broadcast]))
    const plays = new Map<string, OpenPlay>()
    for (const { id, broadcastId, at, ord } of body.plays) {
      const broadcast = broadcasts.get(broadcastId) ?? null
      if (!plays.has(id)) plays.set(id, { id, atMs: Date.parse(at), ord, broadcast })
    }
    this.schedule = body
    this.plays = [...plays.values()].sort((one, other) => one.atMs - other.atMs)
  }

  #again(message: string | null): Down | null {
    if (message === null) return null
    const admitted = admit(Buffer.from(message), { ...this.#standing(0), taken: {}, atLeastMs: 0 })
    if (!('taken' in admitted)) return null
    const { key, hash, taken } = admitted
    const last = this.#flags.taken[key]
    if (!last || last.seq < taken.seq) this.noteTaken(key, { seq: taken.seq, hash })
    this.newestMs = Math.max(this.newestMs, Date.parse(taken.issuedAt))
    return taken
  }

  #standing(atLeastMs: number) {
    const { deviceId, stationCode, keys: enrolled } = this.#identity
    const { keys } = this.#flags
    const isOver = ({ until }: ProvinceKey) => until !== undefined && Date.parse(until) <= atLeastMs
    const told = (id: string) => keys?.find((key) => key.id === id && !isOver(key))
    const keyOf = (id: string) => {
      const key = told(id)
      return keys === null ? (enrolled.get(id) ?? null) : key ? publicKeyOf(key.publicKey) : null
    }
    return { deviceId, stationCode, keyOf }
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}
