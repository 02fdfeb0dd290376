import { rmSync } from 'node:fs'
import type { WantedFile } from '../agent/ports.ts'
import type { SpeakerClock } from '../clock.ts'
import { bytesOf, type AudioShelf } from '../disk/audio-shelf.ts'
import { fetchAudio, NotLetIn, TooLong, type AudioSource } from './fetch-audio.ts'

export interface DownloadEvents {
  brought(sha256: string, refused: string | null): void
  noRoom(): void
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 5 * 60_000
/** What was thrown away for what it is will hardly be another an instant later. */
const REFUSED_WAIT_MS = 10 * 60_000

/** Brings files one after another, the most urgent first, from where the line broke. */
export class Downloads {
  readonly #source: AudioSource
  readonly #shelf: AudioShelf
  readonly #now: () => number
  readonly #events: DownloadEvents
  readonly #clock: SpeakerClock
  readonly #notBeforeMs = new Map<string, number>()
  #wanted: readonly WantedFile[] = []
  #needed: ReadonlySet<string> = new Set()
  #waitMs = FIRST_WAIT_MS
  #cancel = () => {}
  #running: Promise<void> | null = null
  #current: { readonly sha256: string; readonly abort: AbortController } | null = null
  /** What is added to our time in requests, because the server said so: a clock that is off must not keep a warning away. */
  #serverAheadMs = 0
  readonly #closing = new AbortController()

  /** `now` is the province's time as well as it is known: the server looks at it in each request. */
  constructor(source: AudioSource, shelf: AudioShelf, now: () => number, events: DownloadEvents, clock: SpeakerClock) {
    this.#clock = clock
    this.#source = source
    this.#shelf = shelf
    this.#now = now
    this.#events = events
  }

  bring(wanted: readonly WantedFile[], needed: ReadonlySet<string>): void {
    this.#wanted = wanted
    this.#needed = needed
    const [first] = wanted
    // An emergency does not wait for what is on its way: that goes on later from where it is.
    if (first?.class === 'emergency' && this.#current?.sha256 !== first.sha256) this.#current?.abort.abort()
    this.hurry()
  }

  /** Tries again at once, as when the network is back. */
  hurry(): void {
    this.#waitMs = FIRST_WAIT_MS
    this.#go()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#current?.abort.abort()
    this.#cancel()
    await this.#running
  }

  #go(): void {
    this.#cancel()
    if (this.#running || this.#closing.signal.aborted) return
    this.#running = this.#bringAll().finally(() => {
      this.#running = null
    })
  }

  async #bringAll(): Promise<void> {
    const tried = new Set<string>()
    for (let file = this.#next(tried); file; file = this.#next(tried)) {
      if (!(await this.#bringOne(file))) tried.add(file.sha256)
      if (this.#closing.signal.aborted) return
    }
    if (this.#wanted.every(({ sha256 }) => this.#shelf.has(sha256))) return
    this.#cancel = this.#clock.after(this.#waitMs * (0.5 + Math.random()), () => this.#go())
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS)
  }

  #next(tried: ReadonlySet<string>): WantedFile | undefined {
    const nowMs = this.#clock.read().monoMs
    return this.#wanted.find(
      ({ sha256 }) =>
        !this.#shelf.has(sha256) && !tried.has(sha256) && (this.#notBeforeMs.get(sha256) ?? -Infinity) <= nowMs,
    )
  }

  async #bringOne(file: WantedFile): Promise<boolean> {
    const part = this.#shelf.partOf(file.sha256)
    const abort = new AbortController()
    this.#current = { sha256: file.sha256, abort }
    try {
      if (!(await this.#shelf.makeRoom(file.bytes - bytesOf(part), this.#needed))) {
        this.#events.noRoom()
        return false
      }
      await this.#fetch(file, part, abort.signal)
      this.#took(file, this.#shelf.take(file))
      return true
    } catch (error) {
      if (error instanceof TooLong) {
        rmSync(part, { force: true })
        this.#took(file, 'too_long')
      } else if ((error as NodeJS.ErrnoException).code === 'ENOSPC') this.#events.noRoom()
      return false
    } finally {
      this.#current = null
    }
  }

  async #fetch(file: WantedFile, part: string, signal: AbortSignal): Promise<void> {
    try {
      await fetchAudio(this.#source, file, part, this.#now() + this.#serverAheadMs, signal)
    } catch (error) {
      if (!(error instanceof NotLetIn) || !Number.isFinite(error.serverMs)) throw error
      this.#serverAheadMs = error.serverMs - this.#now()
      await fetchAudio(this.#source, file, part, this.#now() + this.#serverAheadMs, signal)
    }
  }

  #took({ sha256 }: WantedFile, refused: string | null): void {
    if (refused !== null) this.#notBeforeMs.set(sha256, this.#clock.read().monoMs + REFUSED_WAIT_MS)
    this.#events.brought(sha256, refused)
  }
}
