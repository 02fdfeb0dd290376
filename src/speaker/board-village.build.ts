import { randomUUID } from 'node:crypto'
import type { PlannedShowing, ShowingsBody } from '../platform/speakers/protocol.ts'
import { Display } from './agent/display.ts'
import type { Frame } from './agent/ports.ts'
import type { SimulatedDevice } from './simulated-device.build.ts'
import { iso } from './simulated-province.build.ts'
import { MORNING_MS, Village, type Wires } from './village.build.ts'

/** What stood on the lamps, by the true time. */
export interface Seen {
  readonly frame: Frame
  readonly fromMs: number
  untilMs: number
}

/** A village with one board, whose lamps a test looks at. */
export class BoardVillage {
  readonly village: Village
  readonly board: SimulatedDevice
  readonly seen: Seen[] = []
  /** Whether the panel takes what it is given. */
  takes = true
  #version = 0

  constructor(wires?: Wires) {
    this.village = new Village(wires)
    this.board = this.village.addReadyDevice((lives) => (ports, held, record) => {
      const panel = { show: (frame: Frame) => this.takes && this.#show(frame, lives), works: () => this.takes }
      return new Display({ ...ports, panel }, held, record)
    })
  }

  /** Signs and sends what is to be shown. */
  show(showings: readonly PlannedShowing[], change: Partial<ShowingsBody> = {}): Buffer {
    return this.village.send(this.told(showings, change))
  }

  told(showings: readonly PlannedShowing[], change: Partial<ShowingsBody> = {}): ShowingsBody {
    this.#version += 1
    const hotlines = ['111 Tổng đài']
    return { kind: 'showings', version: this.#version, takes: 'line', showings: [...showings], hotlines, ...change }
  }

  pass(seconds: number): void {
    this.village.pass(seconds)
  }

  /** Ends what stands on the lamps, as when the power goes. */
  goesDark(): void {
    const last = this.seen.at(-1)
    if (last) last.untilMs = Math.min(last.untilMs, this.village.time.nowMs)
  }

  /** What was seen since, one line after the other. */
  words(sinceMs = 0): string[] {
    return this.seen
      .filter(({ untilMs, fromMs }) => untilMs > Math.max(fromMs, sinceMs))
      .map(({ frame }) => frame.lines.join('|'))
  }

  /** What stands there now. */
  get now(): string {
    const last = this.seen.at(-1)
    return last && last.untilMs > this.village.time.nowMs ? last.frame.lines.join('|') : ''
  }

  shown() {
    const log = this.village.province.logs.get(this.board.identity.deviceId) ?? []
    return log.flatMap(({ entry }) => (entry.kind === 'shown' ? [entry] : []))
  }

  refusals(): string[] {
    return this.village.province.refusalsOf(this.board.identity.deviceId)
  }

  #show(frame: Frame, lives: () => boolean): boolean {
    if (!lives()) return false
    const fromMs = this.village.time.nowMs
    this.goesDark()
    this.seen.push({ frame, fromMs, untilMs: Infinity })
    return true
  }
}

export type WishedShowing = Partial<Omit<PlannedShowing, 'from' | 'until'>> & {
  /** Seconds after the morning began. */
  readonly at?: number
  readonly over?: number
}

/** A showing that stands all day and says one line, but for what is said otherwise. */
export function showing({ at = 0, over = 86_400, ...given }: WishedShowing = {}): PlannedShowing {
  const words = { class: 'ordinary' as const, language: 'vi', lines: ['Cảnh giác'], file: null, seconds: 10 }
  const [from, until] = [iso(MORNING_MS + at * 1_000), iso(MORNING_MS + over * 1_000)]
  return { id: randomUUID(), ...words, from, until, ...given }
}
