import type * as v from 'valibot'
import type { Ctx, Id } from '../core/kernel/index.ts'
import {
  endGap,
  noteDeviceLog,
  noteFault,
  type LogEnd,
  type PlaneDevice,
  type Noted,
  type NotableEntry,
  type SigningKey,
} from '../core/station/index.ts'
import { noteSaid, type DeviceSaid } from '../core/takeover/index.ts'
import { hashOf, open } from '../platform/speakers/envelope.ts'
import type { Plane } from '../platform/speakers/plane.ts'
import { topics, Up, type DownBody, type LogEntry } from '../platform/speakers/protocol.ts'
import { whenDatabaseIsBack } from './speaker-hub-database.ts'
import type { Heard } from './speaker-hub-heartbeats.ts'
import type { HubBoards, HubEnd, HubProgramme, HubShown } from './speaker-hub-port.ts'
import type { Roster } from './speaker-hub-roster.ts'
import { signed } from './speaker-hub-sign.ts'

const ANSWER_HOLDS_MS = 3_600_000
/** A device that lacks the entries before a gap would send the same piece for ever. */
const TOLD_OF_GAP_EVERY_MS = 600_000
/** A heartbeat that says it is older than the last, and older than this, was kept by somebody and sent again. */
const STALE_AFTER_MS = 600_000

interface IntakeParts {
  readonly ctx: Ctx
  readonly plane: Plane
  readonly roster: Roster
  readonly heard: Heard
  readonly programme: HubProgramme
  readonly boards: HubBoards
  readonly signing: () => SigningKey
  readonly stopping: AbortSignal
  /** Told of each device that proved it is one and lives. */
  readonly alive: (deviceId: Id<'device'>) => void
  /** Told which version each says it holds. */
  readonly holds: (device: PlaneDevice, version: number) => void
  /** Told of one that speaks though it was revoked. */
  readonly revoked: (deviceId: Id<'device'>) => void
}

type Payload = v.InferOutput<typeof Up>

/** Takes what devices say: believes nothing but what the key of the very device signed. */
export class Intake {
  readonly #parts: IntakeParts
  readonly #saidAt = new Map<string, number>()
  readonly #toldOfGapAt = new Map<string, number>()
  readonly #inHand = new Map<string, Promise<void>>()

  constructor(parts: IntakeParts) {
    this.#parts = parts
  }

  /** Settled when it is kept; what one device says is taken in its order. */
  async take(deviceId: string, bytes: Uint8Array): Promise<void> {
    const seat = this.#parts.roster.get(deviceId)
    if (!seat) return
    const { id, state } = seat.device
    if (state === 'revoked') return this.#parts.revoked(id)
    const opened = open(bytes, (keyId) => (keyId === id ? seat.key : null), Up)
    if ('refused' in opened) return this.#parts.heard.fault(id, 'forged', opened.refused)
    if (opened.payload.from !== id) return this.#parts.heard.fault(id, 'forged', 'of another device')
    await this.#takeProven(id, opened.payload, bytes)
  }

  async #takeProven(id: Id<'device'>, { body, sentAt }: Payload, bytes: Uint8Array): Promise<void> {
    switch (body.kind) {
      case 'heartbeat':
        return this.#heartbeat(id, body, Date.parse(sentAt))
      case 'ask_time':
        this.#parts.alive(id)
        // Nobody needs the time so much as to be dropped when it cannot be said: it is asked for again.
        return this.#sayTime(id, body.asked).catch(() => undefined)
      case 'log':
        return this.#inOrder(id, () => this.#log(id, body.entries, bytes))
      default:
        return body satisfies never
    }
  }

  #heartbeat(deviceId: Id<'device'>, beat: Extract<Payload['body'], { kind: 'heartbeat' }>, sentAtMs: number): void {
    const now = this.#parts.ctx.clock.now()
    const last = this.#saidAt.get(deviceId) ?? -Infinity
    if (sentAtMs <= last && now.getTime() - sentAtMs > STALE_AFTER_MS) return
    this.#saidAt.set(deviceId, sentAtMs)
    const { device } = this.#parts.roster.get(deviceId) ?? {}
    const version = whole(beat.scheduleVersion)
    if (device?.shows) this.#parts.heard.holds(device.outletId, version)
    this.#parts.alive(deviceId)
    if (device) this.#parts.holds(device, version)
    this.#parts.heard.state({
      deviceId,
      heardAt: now,
      scheduleVersion: version,
      storedCount: whole(beat.stored),
      nextPlayAt: beat.nextPlayAt === null ? null : new Date(beat.nextPlayAt),
      volume: beat.volume,
      clockOffMs: Math.max(-1e12, Math.min(1e12, beat.clockOffMs)),
      faults: beat.faults,
      agentVersion: beat.agent,
    })
  }

  /** Pieces of a log wait for those before them, also while the database is away; nothing else does. */
  async #inOrder(deviceId: string, work: () => Promise<void>): Promise<void> {
    const before = this.#inHand.get(deviceId) ?? Promise.resolve()
    const taken = before.catch(() => undefined).then(work)
    this.#inHand.set(deviceId, taken)
    await taken.finally(() => {
      if (this.#inHand.get(deviceId) === taken) this.#inHand.delete(deviceId)
    })
  }

  async #log(deviceId: Id<'device'>, entries: readonly LogEntry[], bytes: Uint8Array): Promise<void> {
    const raw = rawEntries(bytes)
    const notable = entries.map((entry, at) => asNotable(entry, raw[at]))
    const envelope = Buffer.from(bytes).toString('utf8')
    const kept = whenDatabaseIsBack(() => this.#keep(deviceId, notable, envelope), this.#parts.stopping)
    const { noted, answer } = await kept.catch((fault: unknown) => {
      // It comes again and again, until somebody has looked into it.
      if (!this.#parts.stopping.aborted) console.error(`The log of device ${deviceId} could not be kept:`, fault)
      throw fault
    })
    if (noted.broken === 'fork') return
    if (noted.broken === 'gap' && !this.#mayTellOfGap(deviceId)) return
    // The device asks again by its log until it hears this.
    await this.#parts.plane.publish(topics.device(deviceId), answer, { retain: false }).catch(() => undefined)
  }

  /** The entries, the ends of plays that follow from them and the number of the answer: all of it, or nothing. */
  #keep(deviceId: Id<'device'>, entries: readonly NotableEntry[], envelope: string) {
    const { ctx, programme, boards, signing } = this.#parts
    return ctx.db.transaction().execute(async (db): Promise<{ noted: Noted; answer: Buffer }> => {
      const inside = { ...ctx, db, inTransaction: true }
      const noted = await noteDeviceLog(inside, { deviceId, entries, signed: envelope })
      if (noted.broken) {
        const detail = `entry ${entries[0]?.seq} after ${noted.end.seq}`
        await noteFault(db, { deviceId, kind: noted.broken, at: ctx.clock.now(), detail })
      } else if (noted.fresh.length > 0) {
        await endGap(db, deviceId)
        const ends = noted.fresh.flatMap(({ body, seq }) => endOf(body as LogEntry, seq))
        if (ends.length > 0) await programme.endPlays(inside, deviceId, ends)
        const said = noted.fresh.flatMap(({ body }) => saidOf(body as LogEntry))
        if (said.length > 0) await noteSaid(inside, deviceId, said)
        const shown = noted.fresh.flatMap(({ body, hash }) => shownOf(body as LogEntry, hash))
        if (shown.length > 0) await boards.noteShown(inside, deviceId, shown)
      }
      return { noted, answer: await this.#sign(inside, deviceId, logged(noted.end), signing()) }
    })
  }

  async #sayTime(deviceId: Id<'device'>, asked: string): Promise<void> {
    const { ctx, plane, signing } = this.#parts
    const body = { kind: 'time' as const, asked, now: ctx.clock.now().toISOString() }
    await plane.publish(topics.device(deviceId), await this.#sign(ctx, deviceId, body, signing()), { retain: false })
  }

  #sign(ctx: Ctx, deviceId: Id<'device'>, body: DownBody, key: SigningKey): Promise<Buffer> {
    const validUntil = new Date(ctx.clock.now().getTime() + ANSWER_HOLDS_MS)
    return signed(ctx, { recipient: `d/${deviceId}`, kind: body.kind, body, validUntil }, key)
  }

  #mayTellOfGap(deviceId: string): boolean {
    const now = this.#parts.ctx.clock.now().getTime()
    if (now - (this.#toldOfGapAt.get(deviceId) ?? -Infinity) < TOLD_OF_GAP_EVERY_MS) return false
    this.#toldOfGapAt.set(deviceId, now)
    return true
  }
}

function logged({ seq, hash }: LogEnd): DownBody {
  return { kind: 'logged', seq, hash }
}

/** The entries as they were written: what binds them is a hash over their own letters. */
function rawEntries(bytes: Uint8Array): readonly unknown[] {
  const { p } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { p: string }
  const { body } = JSON.parse(Buffer.from(p, 'base64url').toString('utf8')) as { body: { entries: unknown[] } }
  return body.entries // of this shape, for it was opened by its schema before
}

function asNotable(entry: LogEntry, raw: unknown): NotableEntry {
  const { seq, prev, at, entry: what } = entry
  return {
    seq,
    prev,
    hash: hashOf(raw),
    at: new Date(at),
    kind: what.kind,
    playId: what.kind === 'end' || what.kind === 'began' ? (what.playId as Id<'play'>) : null,
    body: entry,
    ...(what.kind === 'command' && {
      answers: { commandId: what.id as Id<'device_command'>, answer: what.answer },
    }),
  }
}

function endOf({ entry }: LogEntry, seq: number): HubEnd[] {
  if (entry.kind !== 'end') return []
  const { playId, state, startedAt, seconds, reason } = entry
  return [{ playId, state, startedAt: startedAt === null ? null : new Date(startedAt), seconds, reason, seq }]
}

/** What may be said of a speech: the device tells an end alike, whatever it is of. */
function saidOf({ seq, at, entry }: LogEntry): DeviceSaid[] {
  if (entry.kind === 'began') return [{ playId: entry.playId, began: new Date(at) }]
  if (entry.kind !== 'end') return []
  const { playId, state, startedAt, seconds, volume, reason } = entry
  return [{ playId, state, began: startedAt === null ? null : new Date(startedAt), seconds, volume, reason, seq }]
}

function shownOf({ seq, entry }: LogEntry, hash: string): HubShown[] {
  if (entry.kind !== 'shown') return []
  const { showingId, from, until, turns, seconds } = entry
  return [{ showingId, from: new Date(from), until: new Date(until), turns, seconds, seq, hash }]
}

function whole(given: number): number {
  return Number.isSafeInteger(given) && given >= 0 ? Math.min(given, 2_000_000_000) : 0
}
