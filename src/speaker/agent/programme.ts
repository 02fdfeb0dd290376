import { mp3Seconds } from '../../platform/sounds/mp3-length.ts'
import type { BroadcastFile, EmergencyBody, LiveBody, ScheduleBody } from '../../platform/speakers/protocol.ts'
import { chooseNext, type Hindrance } from '../rules/choose.ts'
import { touches, volumeAt } from '../rules/civil-time.ts'
import type { Duty, Key, Told } from './duty.ts'
import type { Held } from './held.ts'
import { Player, type End, type Piece } from './player.ts'
import type { SpeakerPorts } from './ports.ts'
import type { Record } from './record.ts'

/** A play that was due longer ago is not spoken of: its end may have been forgotten with the log. */
const SPEAKS_OF_MS = 7 * 86_400_000
const TONE_MS = 3_000
/** By so much the length that a part says of itself may differ from its frames. */
const ROUNDS_SECONDS = 0.1

/** What sounds when: the schedule, emergencies, the test tone; every play that comes due has one end. */
export class Programme implements Duty {
  readonly #ports: SpeakerPorts
  readonly #held: Held
  readonly #record: Record
  readonly #player: Player
  readonly #hindered = new Map<string, Hindrance>()
  #recovered = false

  constructor(ports: SpeakerPorts, held: Held, record: Record) {
    this.#ports = ports
    this.#held = held
    this.#record = record
    this.#player = new Player(ports, (end) => this.#end(end))
    this.#player.recover((playId) => record.book.hasEnded(playId))
    this.#recovered = true
    if (record.book.flush()) record.tries(() => ports.disk.clearBegun())
    this.#forgetEnded()
  }

  obey(body: Told, message: Uint8Array, key: Key): void {
    if (body.kind === 'schedule') this.#schedule(message, body, key)
    else if (body.kind === 'emergency') this.#emergency(message, body, key)
    else if (body.kind === 'live') this.#live(body, key)
  }

  turn(): number | null {
    const sounds = this.#player.look()
    this.#playEmergency()
    const next = this.#playNext()
    return sounds === null || next === null ? (sounds ?? next ?? this.#player.look()) : Math.min(sounds, next)
  }

  /** What sounds ends as in part. */
  cut(reason: string): void {
    this.#player.cut('partial', reason)
  }

  /** Sounds the test tone; answers what is said of it. */
  tone(): string {
    const nowMs = this.#record.clock.now()
    const { schedule, stopped, volume } = this.#held
    if (stopped) return 'stopped'
    if (!this.#player.isSilent) return 'busy'
    // Who does not know the time does not know that it is not night.
    if (schedule?.quiet && (nowMs === null || touches(schedule.quiet, nowMs, nowMs + TONE_MS))) return 'quiet'
    this.#player.tone(volumeAt(schedule, volume, nowMs ?? 0))
    return 'done'
  }

  beat(): ReturnType<Duty['beat']> {
    const nowMs = this.#record.clock.now()
    const next = this.#held.plays.find(({ atMs }) => nowMs === null || atMs > nowMs)
    return {
      scheduleVersion: this.#held.schedule?.version ?? 0,
      nextPlayAt: next ? new Date(next.atMs).toISOString() : null,
      volume: volumeAt(this.#held.schedule, this.#held.volume, this.#record.clock.guess()),
    }
  }

  /** What is to lie here: emergencies first, then by the moment of the first play. */
  wanted(): readonly BroadcastFile[] {
    const nowMs = this.#record.clock.atLeast()
    const scheduled = this.#held.plays.flatMap(({ broadcast }) => (broadcast ? [broadcast] : []))
    const all = [...this.#held.emergencies.map(({ broadcast }) => broadcast), ...scheduled]
    const current = all.filter(({ validUntil }) => Date.parse(validUntil) > nowMs)
    return [...new Map(current.map((broadcast) => [broadcast.sha256, broadcast])).values()]
  }

  #schedule(message: Uint8Array, body: ScheduleBody, key: Key): void {
    const before = this.#held.plays
    this.#held.takeSchedule(message, body)
    this.#held.noteTaken(key.key, key)
    this.#withdraw(before)
  }

  #emergency(message: Uint8Array, { plays }: EmergencyBody, key: Key): void {
    const before = this.#held.emergencies
    const open = plays.filter(({ playId }) => !this.#record.book.hasEnded(playId))
    this.#held.noteTaken(key.key, key)
    this.#record.tries(() => this.#held.takeEmergencies(message, open))
    this.#withdrawEmergencies(before)
  }

  #live(body: LiveBody, key: Key): void {
    this.#record.tries(() => this.#held.keepFlags({}, key))
    const refused = this.#speak(body)
    if (refused !== null) this.#record.refuse('live', refused)
  }

  /**
   * A part of a speech that takes over: cuts all but an emergency, quiet hours or not, and goes on with each part that comes.
   * What has ended does not begin again. Answers why it is refused, or null.
   */
  #speak({ playId, part, last, cut, seconds, audio }: LiveBody): string | null {
    const nowMs = this.#record.clock.now()
    const { sounding } = this.#player
    if (nowMs === null) return 'no_time'
    if (this.#record.book.hasEnded(playId)) return null
    const bytes = Buffer.from(audio, 'base64')
    if (bytes.length > 0 && !(Math.abs((mp3Seconds(bytes) ?? -1) - seconds) <= ROUNDS_SECONDS)) return 'not_mp3'
    const piece = { part, audio: bytes, seconds }
    if (sounding?.playId === playId) this.#player.goOn(piece)
    else if (bytes.length === 0 || sounding?.class === 'emergency') return null
    else if (this.#held.stopped) this.#fail(playId, 'stopped')
    else {
      this.#player.cut('preempted', 'takeover')
      const volume = volumeAt(this.#held.schedule, this.#held.volume, nowMs)
      this.#player.beginLive(playId, piece, new Date(nowMs).toISOString(), volume)
      this.#record.log({ kind: 'began', playId, part })
    }
    if (last && cut) this.#player.cut('partial', 'cut_by_province')
    else if (last) this.#player.finishLive()
    return null
  }

  /** What was due and is no longer in the schedule ends; what was still to come never was a play here. */
  #withdraw(before: readonly { readonly id: string; readonly atMs: number }[]): void {
    const still = new Set(this.#held.plays.map(({ id }) => id))
    const nowMs = this.#record.clock.now()
    this.#forgetEnded()
    for (const id of this.#hindered.keys()) if (!still.has(id)) this.#hindered.delete(id)
    if (nowMs === null) return
    const isOver = (id: string) =>
      still.has(id) || id === this.#player.sounding?.playId || this.#record.book.hasEnded(id)
    for (const { id, atMs } of before) if (atMs <= nowMs && !isOver(id)) this.#fail(id, 'withdrawn')
  }

  /** Warnings that the province has taken back and that have not begun do not sound; what sounds goes on. */
  #withdrawEmergencies(before: readonly { readonly playId: string }[]): void {
    const still = new Set(this.#held.emergencies.map(({ playId }) => playId))
    for (const { playId } of before) {
      const goesOn = still.has(playId) || playId === this.#player.sounding?.playId
      if (!goesOn && !this.#record.book.hasEnded(playId)) this.#fail(playId, 'withdrawn')
    }
  }

  #forgetEnded(): void {
    const { book } = this.#record
    this.#held.plays = this.#held.plays.filter(({ id }) => !book.hasEnded(id))
    for (const { playId } of [...this.#held.emergencies]) if (book.hasEnded(playId)) this.#forgetEmergency(playId)
  }

  #playNext(): number | null {
    const nowMs = this.#record.clock.now()
    if (nowMs === null) return null
    const first = this.#held.plays.findIndex(({ atMs }) => atMs > nowMs - SPEAKS_OF_MS)
    if (first !== 0) this.#held.plays = first < 0 ? [] : this.#held.plays.slice(first)
    const { schedule, stopped, plays } = this.#held
    const { sounding } = this.#player
    const open = sounding ? plays.filter(({ id }) => id !== sounding.playId) : plays
    const has = (sha256: string) => this.#ports.shelf.has(sha256)
    const situation = { nowMs, sounding, quiet: schedule?.quiet ?? null, stopped, has }
    const { start, over, wakeMs } = chooseNext(open, situation, this.#hindered)
    for (const { play, reason } of over) this.#fail(play.id, reason)
    if (start?.broadcast) this.#begin({ ...start.broadcast, playId: start.id }, nowMs)
    return wakeMs === null ? null : Math.max(0, wakeMs - nowMs)
  }

  /** An emergency sounds at once, quiet hours or not, time known or not; it cuts all but another emergency. */
  #playEmergency(): void {
    const nowMs = this.#record.clock.atLeast()
    for (const { playId, broadcast } of [...this.#held.emergencies]) {
      if (this.#player.sounding?.playId === playId) continue
      const lacks = !this.#ports.shelf.has(broadcast.sha256)
      if (this.#record.book.hasEnded(playId)) this.#forgetEmergency(playId)
      else if (this.#held.stopped) this.#fail(playId, 'stopped')
      else if (Date.parse(broadcast.validUntil) <= nowMs) this.#fail(playId, lacks ? 'no_audio' : 'expired')
      else if (!lacks && this.#player.sounding?.class !== 'emergency') {
        this.#player.cut('preempted', 'emergency')
        this.#begin({ ...broadcast, class: 'emergency', playId }, this.#record.clock.guess())
      }
    }
  }

  #begin({ playId, sha256, seconds, class: rank }: Piece, nowMs: number): void {
    const volume = volumeAt(this.#held.schedule, this.#held.volume, nowMs)
    const piece = { playId, sha256, seconds, class: rank }
    if (this.#player.begin(piece, new Date(nowMs).toISOString(), volume)) return
    this.#hindered.set(playId, 'disk_full')
    this.#record.fault('disk_full')
  }

  #fail(playId: string, reason: string): void {
    this.#end({ kind: 'end', playId, state: 'failed', startedAt: null, seconds: 0, volume: null, reason })
  }

  #end(end: End): void {
    if (end.reason === 'sound_fault') this.#record.fault('sound_fault')
    else if (end.state === 'played') this.#record.faults.delete('sound_fault')
    const written = this.#record.log(end)
    this.#hindered.delete(end.playId)
    this.#held.plays = this.#held.plays.filter(({ id }) => id !== end.playId)
    if (!written) return
    // All that was begun must have its end on the disk before it is forgotten that it was begun.
    if (this.#recovered && this.#player.isSilent) this.#record.tries(() => this.#ports.disk.clearBegun())
    this.#forgetEmergency(end.playId)
  }

  #forgetEmergency(playId: string): void {
    this.#record.tries(() => this.#held.dropEmergency(playId))
  }
}
