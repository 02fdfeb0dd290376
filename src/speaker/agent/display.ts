import type { PlannedShowing } from '../../platform/speakers/protocol.ts'
import { nextChangeMs, roundOf } from '../rules/round.ts'
import type { Duty, Key, Told } from './duty.ts'
import type { Held } from './held.ts'
import type { BoardPorts, Frame, WantedFile } from './ports.ts'
import type { Record } from './record.ts'
import { Tallies } from './tallies.ts'

/** Of one line of the numbers to call. */
const HOTLINE_SECONDS = 5
/** A panel that took nothing is tried again. */
const AGAIN_MS = 5_000

/** One turn of a showing, or of the numbers to call while nothing stands. */
interface Turn {
  readonly showing: PlannedShowing | null
  /** What is seen one after the other, each for as long. */
  readonly steps: readonly (readonly string[])[]
  readonly stepMs: number
  readonly beganMonoMs: number
  readonly fromMs: number
  step: number
  /** Whether the panel has taken every step so far. */
  seen: boolean
}

/** What a board shows when: by turns, an emergency alone and at once; what was shown is written. */
export class Display implements Duty {
  readonly #ports: BoardPorts
  readonly #held: Held
  readonly #record: Record
  readonly #tallies: Tallies
  #turn: Turn | null = null
  #at = -1

  constructor(ports: BoardPorts, held: Held, record: Record) {
    this.#ports = ports
    this.#held = held
    this.#record = record
    this.#tallies = new Tallies((showingId, { fromMs, untilMs, turns, seconds }) => {
      const told = { showingId, from: iso(fromMs), until: iso(untilMs), turns, seconds: Math.round(seconds * 10) / 10 }
      record.log({ kind: 'shown', ...told })
    })
  }

  obey(body: Told, message: Uint8Array, key: Key): void {
    if (body.kind !== 'showings') return
    this.#held.takeShowings(message, body)
    this.#held.noteTaken(key.key, key)
    const ids = new Set(body.showings.map(({ id }) => id))
    // What was taken down, or says something else now, does not wait for its turn to end; nor does it count for more.
    if (this.#turn?.showing && !sameAs(this.#turn.showing, body.showings)) this.#end()
    this.#tallies.keepOnly(ids)
  }

  turn(): number | null {
    const { monoMs } = this.#ports.read()
    const round = this.#round()
    if (this.#turn && this.#isOver(this.#turn, round, monoMs)) this.#end()
    if (!this.#turn) this.#begin(round, monoMs)
    else this.#goOn(this.#turn, monoMs)
    const nowMs = this.#record.clock.guess()
    const rests = [this.#tallies.closeOld(nowMs), nextChangeMs(this.#held.showings?.showings ?? [], nowMs)]
    return Math.min(this.#stepEndsIn(monoMs), ...rests.flatMap((ms) => (ms === null ? [] : [ms - nowMs])))
  }

  /** Goes dark. */
  cut(): void {
    this.#end()
    this.#tallies.closeAll()
    this.#ports.panel.show(DARK)
  }

  tone(): string {
    return 'no_sound'
  }

  /** Pictures and films that are still to be shown, emergencies first, then by their moment. */
  wanted(): readonly WantedFile[] {
    const nowMs = this.#record.clock.atLeast()
    const coming = (this.#held.showings?.showings ?? []).filter(({ until }) => Date.parse(until) > nowMs)
    const rank = (one: PlannedShowing) => (one.class === 'emergency' ? 0 : Date.parse(one.from))
    const files = coming
      .toSorted((one, other) => rank(one) - rank(other))
      .flatMap(({ file, class: urgency }) =>
        file ? [{ sha256: file.sha256, bytes: file.bytes, class: urgency, seconds: null }] : [],
      )
    return [...new Map(files.map((file) => [file.sha256, file])).values()]
  }

  beat(): ReturnType<Duty['beat']> {
    const nowMs = this.#record.clock.now()
    const begins = (this.#held.showings?.showings ?? []).map(({ from }) => Date.parse(from))
    const next = Math.min(...begins.filter((ms) => nowMs !== null && ms > nowMs))
    return {
      scheduleVersion: this.#held.showings?.version ?? 0,
      nextPlayAt: Number.isFinite(next) ? iso(next) : null,
      volume: null,
    }
  }

  #round(): readonly PlannedShowing[] {
    const { clock } = this.#record
    if (this.#held.stopped) return []
    return roundOf(this.#held.showings?.showings ?? [], clock.now(), clock.atLeast())
  }

  #isOver({ showing, steps, stepMs, beganMonoMs }: Turn, round: readonly PlannedShowing[], monoMs: number): boolean {
    if (monoMs - beganMonoMs >= steps.length * stepMs) return true
    // The numbers to call, and what stands no longer or is broken in upon, give way at once.
    return showing ? !round.some(({ id }) => id === showing.id) : round.length > 0
  }

  #begin(round: readonly PlannedShowing[], monoMs: number): void {
    this.#at = round.length === 0 ? -1 : (this.#at + 1) % round.length
    const showing = round[this.#at] ?? null
    const { takes = 'line', hotlines = [] } = this.#held.showings ?? {}
    const lines = this.#held.stopped ? [] : (showing?.lines ?? hotlines)
    const steps = takes === 'line' && lines.length > 0 ? lines.map((line) => [line]) : [lines]
    const stepMs = showing ? (showing.seconds * 1_000) / steps.length : HOTLINE_SECONDS * 1_000
    const turn: Turn = {
      ...{ showing, steps, stepMs, beganMonoMs: monoMs, fromMs: this.#record.clock.guess() },
      ...{ step: -1, seen: true },
    }
    this.#turn = turn
    this.#goOn(turn, monoMs)
  }

  /** Shows the step that is due. */
  #goOn(turn: Turn, monoMs: number): void {
    const step = Math.min(turn.steps.length - 1, Math.floor((monoMs - turn.beganMonoMs) / turn.stepMs))
    if (step === turn.step && turn.seen) return
    turn.step = step
    const shown = this.#ports.panel.show(this.#frameOf(turn))
    turn.seen &&= shown
    if (shown) this.#record.faults.delete('panel_fault')
    else this.#record.fault('panel_fault')
  }

  #frameOf({ showing, steps, step }: Turn): Frame {
    const { id = null, class: urgency = 'ordinary', language = 'vi', file = null } = showing ?? {}
    const lies = file !== null && this.#ports.shelf.has(file.sha256) ? file : null
    return { showingId: id, class: urgency, language, lines: steps[step] ?? [], file: lies }
  }

  /** Ends the turn; what the panel did not take was not shown. */
  #end(): void {
    const turn = this.#turn
    this.#turn = null
    if (turn?.seen && !this.#ports.panel.works()) {
      turn.seen = false
      this.#record.fault('panel_fault')
    }
    if (!turn?.showing || !turn.seen) return
    const passedMs = Math.min(this.#ports.read().monoMs - turn.beganMonoMs, turn.steps.length * turn.stepMs)
    const whole = passedMs >= turn.steps.length * turn.stepMs
    const untilMs = turn.fromMs + passedMs
    this.#tallies.add(turn.showing.id, {
      ...{ fromMs: turn.fromMs, untilMs, turns: whole ? 1 : 0, seconds: passedMs / 1_000 },
    })
  }

  #stepEndsIn(monoMs: number): number {
    if (!this.#turn) return AGAIN_MS
    const { beganMonoMs, stepMs, step, seen } = this.#turn
    const endsMs = beganMonoMs + (step + 1) * stepMs - monoMs
    return seen ? endsMs : Math.min(endsMs, AGAIN_MS)
  }
}

const DARK: Frame = { showingId: null, class: 'ordinary', language: 'vi', lines: [], file: null }

/** Whether it still stands there as it was begun. */
function sameAs(shown: PlannedShowing, all: readonly PlannedShowing[]): boolean {
  return all.some((one) => one.id === shown.id && JSON.stringify(one) === JSON.stringify(shown))
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
