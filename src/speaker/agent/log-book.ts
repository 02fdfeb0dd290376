import * as v from 'valibot'
import { hashOf } from '../../platform/speakers/envelope.ts'
import { LogEntry } from '../../platform/speakers/protocol.ts'

const NOTHING_BEFORE = '0'.repeat(64)
const MOST_ENTRIES = 500
/** A piece stays far below what brokers take. */
const MOST_CHARACTERS = 200_000

export interface LoggedUpTo {
  readonly seq: number
  readonly hash: string
}

interface Row {
  readonly entry: LogEntry
  readonly hash: string
  readonly line: string
}

/**
 * The as-played log: each entry bound to the one before, on the disk before it is said to anybody. Where the disk takes
 * nothing, entries wait in memory, and are neither sent nor lost while the power stays.
 */
export class LogBook {
  readonly #append: (line: string) => void
  #rows: Row[] = []
  #written = 0
  readonly #ended = new Set<string>()
  /** Whether a line in the midst of the log cannot be read. */
  readonly damaged: boolean

  constructor(lines: readonly string[], append: (line: string) => void) {
    this.#append = append
    let damaged = false
    for (const line of lines) {
      const entry = readLine(line)
      if (!entry) damaged = true
      else this.#take(entry, line)
    }
    this.#written = this.#rows.length
    this.damaged = damaged
  }

  /** Binds an entry to the log and writes it; answers false while the disk does not take it. */
  append(at: string, clockOffMs: number, entry: LogEntry['entry']): boolean {
    const last = this.#rows.at(-1)
    // The order of the fields is part of the protocol: the hash goes over them as they stand.
    const whole: LogEntry = { seq: this.seq + 1, prev: last?.hash ?? NOTHING_BEFORE, at, clockOffMs, entry }
    this.#take(whole, JSON.stringify(whole))
    return this.flush()
  }

  /** Writes what the disk did not take before. */
  flush(): boolean {
    while (this.#written < this.#rows.length) {
      try {
        this.#append(this.#rows[this.#written]?.line ?? '')
      } catch {
        return false
      }
      this.#written += 1
    }
    return true
  }

  get seq(): number {
    return this.#rows.at(-1)?.entry.seq ?? 0
  }

  get lastAtMs(): number {
    return Date.parse(this.#rows.at(-1)?.entry.at ?? '1970-01-01T00:00:00Z')
  }

  hasEnded(playId: string): boolean {
    return this.#ended.has(playId)
  }

  hashAt(seq: number): string | null {
    return this.#rows[this.#indexAfter(seq) - 1]?.hash ?? null
  }

  /** The next piece of what stands on the disk after an entry. */
  after(seq: number): readonly LogEntry[] {
    const piece: LogEntry[] = []
    let characters = 0
    for (let at = this.#indexAfter(seq); at < this.#written && piece.length < MOST_ENTRIES; at += 1) {
      const { entry, line } = this.#rows[at] as Row // within the rows, by the loop
      characters += line.length
      if (piece.length > 0 && characters > MOST_CHARACTERS) break
      piece.push(entry)
    }
    return piece
  }

  /** Forgets what the province keeps and what is older than `beforeMs`; null where there is nothing to forget. */
  forget(upTo: number, beforeMs: number): readonly string[] | null {
    const most = Math.min(this.#indexAfter(upTo), this.#written, this.#rows.length - 1)
    let count = 0
    while (count < most && Date.parse(this.#rows[count]?.entry.at ?? '') < beforeMs) count += 1
    if (count === 0) return null
    this.#rows = this.#rows.slice(count)
    this.#written -= count
    return this.#rows.slice(0, this.#written).map(({ line }) => line)
  }

  #take(entry: LogEntry, line: string): void {
    this.#rows.push({ entry, line, hash: hashOf(entry) })
    if (entry.entry.kind === 'end') this.#ended.add(entry.entry.playId)
  }

  #indexAfter(seq: number): number {
    const first = this.#rows[0]?.entry.seq ?? 1
    return Math.min(this.#rows.length, Math.max(0, seq - first + 1))
  }
}

function readLine(line: string): LogEntry | null {
  try {
    const read = v.safeParse(LogEntry, JSON.parse(line))
    return read.success ? read.output : null
  } catch {
    return null
  }
}
