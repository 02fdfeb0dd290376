import * as v from 'valibot'
import type { Ctx } from '../core/kernel/index.ts'
import {
  keepEnvelope,
  planeStations,
  standingMessages,
  type PlaneStation,
  type SpeakerKeys,
  type StandingMessage,
} from '../core/station/index.ts'
import type { Plane } from '../platform/speakers/plane.ts'
import { EmergencyBody, ScheduleBody, topics } from '../platform/speakers/protocol.ts'
import type { HubBroadcast, HubEmergency, HubProgramme } from './speaker-hub-port.ts'
import { signed } from './speaker-hub-sign.ts'

/** A schedule holds so long; a device that hears nothing for longer falls silent. */
const SCHEDULE_DAYS = 8
/** It is signed anew so often though nothing changed: its days move on. */
const RENEWED_AFTER_MS = 6 * 3_600_000
const DAY_MS = 86_400_000
const AT_ONCE = 6

type Standing = StandingMessage & { readonly published: boolean }

/** What stands retained at the broker for each station: its schedule, and an emergency while it holds. */
export class StandingMessages {
  readonly #ctx: Ctx
  readonly #plane: Plane
  readonly #programme: HubProgramme
  #standing: Map<string, Standing> | null = null

  constructor(ctx: Ctx, plane: Plane, programme: HubProgramme) {
    this.#ctx = ctx
    this.#plane = plane
    this.#programme = programme
  }

  /** The broker may have forgotten everything: all is handed to it again. */
  forgotten(): void {
    for (const [key, one] of this.#standing ?? []) this.#standing?.set(key, { ...one, published: false })
  }

  /** Brings every station up to date, emergencies before all schedules. Throws the first fault after it has done the rest. */
  async bringUpToDate(keys: SpeakerKeys): Promise<void> {
    this.#standing ??= new Map(
      (await standingMessages(this.#ctx.db)).map((one) => [
        `${one.recipient} ${one.kind}`,
        { ...one, published: false },
      ]),
    )
    const stations = await planeStations(this.#ctx.db)
    const faults = [
      ...(await forEach(stations, (station) => this.#emergency(station, keys))),
      ...(await forEach(stations, (station) => this.#schedule(station, keys))),
    ]
    if (faults.length > 0) throw faults[0]
  }

  async #schedule(station: PlaneStation, keys: SpeakerKeys): Promise<void> {
    const recipient = `s/${station.code}`
    const held = this.#held(recipient, 'schedule')
    const now = this.#ctx.clock.now()
    const stamp = `${Math.max(1, station.scheduleVersion)} ${keys.signing.id} ${keys.trusted.length}`
    const isOld = !held || now.getTime() - held.issuedAt.getTime() >= RENEWED_AFTER_MS
    if (held && held.said === stamp && !isOld) return this.#hand(held, topics.station(station.code))
    const { broadcasts, plays } = await this.#programme.scheduleOf(this.#ctx, station.id)
    const body = v.parse(ScheduleBody, {
      kind: 'schedule',
      version: Math.max(1, station.scheduleVersion),
      broadcasts: broadcasts.map(asFile),
      plays: plays.map(({ id, broadcastId, at, ord }) => ({ id, broadcastId, at: at.toISOString(), ord })),
      volume: station.volume,
      volumeHours: [...station.volumeHours],
      quiet: station.quiet,
      chime: station.chime,
      keys: [...keys.trusted],
    } satisfies ScheduleBody)
    const validUntil = new Date(now.getTime() + SCHEDULE_DAYS * DAY_MS)
    const message = await this.#sign({ recipient, kind: 'schedule', said: stamp, body, validUntil }, keys)
    await this.#hand(message, topics.station(station.code))
  }

  async #emergency(station: PlaneStation, keys: SpeakerKeys): Promise<void> {
    const recipient = `s/${station.code}`
    const topic = topics.emergency(station.code)
    const held = this.#held(recipient, 'emergency')
    const now = this.#ctx.clock.now()
    const [version, ...known] = held?.said.split(' ') ?? []
    const isOver = held !== undefined && held.envelope !== '' && held.validUntil <= now
    if (held && version === String(station.scheduleVersion) && !isOver) return this.#hand(held, topic)
    const found = await this.#programme.emergenciesOf(this.#ctx, station.id)
    const valid = found.filter(({ broadcast }) => broadcast.validUntil > now)
    const said = [station.scheduleVersion, ...valid.map(({ playId }) => playId)].join(' ')
    const newest = valid.at(-1)
    if (!newest) return this.#clear(recipient, held, topic, said)
    // Whoever comes later hears the newest; those who are here hear each.
    const unsaid = valid.filter(({ playId }) => playId === newest.playId || !known.includes(playId))
    for (const one of unsaid.slice(0, -1)) await this.#sayOnce(recipient, topic, one, keys)
    if (held?.envelope && known.at(-1) === newest.playId) return this.#hand(await this.#keep(held, said), topic)
    await this.#hand(await this.#sign({ recipient, kind: 'emergency', said, ...bodyOf(newest) }, keys), topic)
  }

  async #sayOnce(recipient: string, topic: string, one: HubEmergency, keys: SpeakerKeys): Promise<void> {
    const message = { recipient, kind: 'emergency' as const, ...bodyOf(one) }
    const bytes = await signed(this.#ctx, message, keys.signing)
    await this.#plane.publish(topic, bytes, { retain: false })
  }

  async #clear(recipient: string, held: Standing | undefined, topic: string, said: string): Promise<void> {
    const empty = { recipient, kind: 'emergency' as const, said, envelope: '' }
    const [issuedAt, validUntil] = [this.#ctx.clock.now(), new Date(8_640_000_000_000_000)]
    if (held?.envelope) {
      await keepEnvelope(this.#ctx.db, empty)
      await this.#plane.publish(topic, Buffer.of(), { retain: true })
    }
    this.#standing?.set(`${recipient} emergency`, { ...empty, issuedAt, validUntil, published: true })
  }

  async #keep(held: Standing, said: string): Promise<Standing> {
    await keepEnvelope(this.#ctx.db, { ...held, said })
    const kept = { ...held, said }
    this.#standing?.set(`${held.recipient} ${held.kind}`, kept)
    return kept
  }

  /** Numbers, signs and keeps it in one transaction; what is kept is handed over until the broker has it. */
  async #sign(
    message: {
      readonly recipient: string
      readonly kind: 'schedule' | 'emergency'
      readonly said: string
      readonly body: ScheduleBody | EmergencyBody
      readonly validUntil: Date
    },
    keys: SpeakerKeys,
  ): Promise<Standing> {
    const { recipient, kind, said, validUntil } = message
    const standing = await this.#ctx.db.transaction().execute(async (db) => {
      const bytes = await signed({ ...this.#ctx, db }, message, keys.signing)
      const envelope = bytes.toString('utf8')
      await keepEnvelope(db, { recipient, kind, said, envelope })
      return { recipient, kind, said, envelope, issuedAt: this.#ctx.clock.now(), validUntil, published: false }
    })
    this.#standing?.set(`${recipient} ${kind}`, standing)
    return standing
  }

  async #hand(held: Standing, topic: string): Promise<void> {
    if (held.published) return
    await this.#plane.publish(topic, Buffer.from(held.envelope), { retain: true })
    const key = `${held.recipient} ${held.kind}`
    // Another may stand there by now.
    if (this.#standing?.get(key)?.envelope === held.envelope) this.#standing.set(key, { ...held, published: true })
  }

  #held(recipient: string, kind: string): Standing | undefined {
    return this.#standing?.get(`${recipient} ${kind}`)
  }
}

function bodyOf({ broadcast, playId }: HubEmergency) {
  const body: EmergencyBody = v.parse(EmergencyBody, { kind: 'emergency', broadcast: asFile(broadcast), playId })
  return { body, validUntil: broadcast.validUntil }
}

function asFile({ validFrom, validUntil, ...rest }: HubBroadcast) {
  return { ...rest, validFrom: validFrom.toISOString(), validUntil: validUntil.toISOString() }
}

/** Some at once; answers what went wrong. */
async function forEach<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<unknown[]> {
  const faults: unknown[] = []
  const waiting = [...items]
  const one = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift())
      await work(item).catch((fault: unknown) => faults.push(fault))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return faults
}
