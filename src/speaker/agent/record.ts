import type { LogEntry } from '../../platform/speakers/protocol.ts'
import { RefusalLimit } from '../rules/refusal-limit.ts'
import { RightedClock, type KeptClock } from '../rules/righted-clock.ts'
import type { Held } from './held.ts'
import { LogBook } from './log-book.ts'
import type { DevicePorts } from './ports.ts'

const DAY_MS = 86_400_000
const LOG_KEPT_MS = 30 * DAY_MS
const CLOCK_KEPT_EVERY_MS = 10 * 60_000

export type Note = Extract<LogEntry['entry'], { kind: 'note' }>['what']

/** What the device knows of the time, writes into its log and shows as faults. */
export class Record {
  readonly #ports: Pick<DevicePorts, 'disk' | 'read'>
  readonly #limit = new RefusalLimit()
  #clockKeptMonoMs = -Infinity
  readonly book: LogBook
  readonly clock: RightedClock
  readonly faults = new Set<string>()

  constructor(ports: Pick<DevicePorts, 'disk' | 'read'>, held: Held) {
    this.#ports = ports
    this.book = new LogBook(ports.disk.log(), (line) => ports.disk.append(line))
    if (this.book.damaged) this.faults.add('log_damaged')
    const notBeforeMs = Math.max(this.book.lastAtMs, held.newestMs)
    this.clock = new RightedClock(ports.read, keptClock(ports.disk.read('clock')), notBeforeMs)
  }

  /** Writes an entry; false while it waits in memory for a disk that takes it. */
  log(entry: LogEntry['entry']): boolean {
    const at = new Date(this.clock.guess()).toISOString()
    const written = this.book.append(at, this.clock.offMs(), entry)
    if (!written) this.faults.add('disk_full')
    return written
  }

  note(what: Note): void {
    this.log({ kind: 'note', what })
  }

  /** Shows a fault, and notes it when it begins. */
  fault(what: Extract<Note, 'disk_full' | 'sound_fault' | 'panel_fault'>): void {
    if (this.faults.has(what)) return
    this.faults.add(what)
    this.note(what)
  }

  /** Writes that something was refused; of a flood only how much. */
  refuse(what: string, why: string): void {
    if (this.#limit.allows(this.#ports.read().monoMs)) this.log({ kind: 'refused', what, why })
  }

  /** Writes what waits; answers whether the wall clock jumped. */
  look(): boolean {
    if (this.book.flush()) this.faults.delete('disk_full')
    const uncounted = this.#limit.due(this.#ports.read().monoMs)
    if (uncounted > 0) this.log({ kind: 'refused', what: 'flood', why: `${uncounted} more` })
    if (this.#ports.read().monoMs - this.#clockKeptMonoMs >= CLOCK_KEPT_EVERY_MS) this.keepClock()
    const jumped = this.clock.jumped()
    if (jumped) this.note('clock_jump')
    return jumped
  }

  keepClock(): void {
    const kept = this.clock.kept()
    if (kept && this.tries(() => this.#ports.disk.keep('clock', JSON.stringify(kept)))) {
      this.#clockKeptMonoMs = this.#ports.read().monoMs
    }
  }

  /** Forgets what the province keeps and is thirty days old. */
  forget(upTo: number): void {
    const nowMs = this.clock.now()
    const lines = nowMs === null ? null : this.book.forget(upTo, nowMs - LOG_KEPT_MS)
    if (lines) this.tries(() => this.#ports.disk.replaceLog(lines))
  }

  /** Does what needs the disk and may wait until it takes it. */
  tries(write: () => void): boolean {
    try {
      write()
      return true
    } catch {
      this.faults.add('disk_full')
      return false
    }
  }
}

function keptClock(text: string | null): KeptClock | null {
  try {
    return text === null ? null : (JSON.parse(text) as KeptClock) // written by keepClock alone
  } catch {
    return null
  }
}
