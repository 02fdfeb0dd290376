import type { Ctx } from '../core/kernel/index.ts'
import {
  keepEnvelopes,
  planeStations,
  standingMessages,
  type SpeakerKeys,
  type StandingMessage,
} from '../core/station/index.ts'
import type { Plane } from '../platform/speakers/plane.ts'
import { topics } from '../platform/speakers/protocol.ts'
import type { HubBoards, HubProgramme } from './speaker-hub-port.ts'
import { WantedShowings } from './speaker-hub-showings.ts'
import { wantedEmergency, wantedSchedule, type Standing, type StandingKind, type Wanted } from './speaker-hub-wanted.ts'
import { signedAll } from './speaker-hub-sign.ts'

const AT_ONCE = 6

/** What stands retained at the broker for each station: its schedule, and an emergency while it holds; and for each board. */
export class StandingMessages {
  readonly #ctx: Ctx
  readonly #plane: Plane
  readonly #programme: HubProgramme
  readonly #boards: HubBoards
  readonly #showings: WantedShowings
  #standing: Map<string, Standing> | null = null

  constructor(ctx: Ctx, plane: Plane, programme: HubProgramme, boards: HubBoards) {
    this.#ctx = ctx
    this.#plane = plane
    this.#programme = programme
    this.#boards = boards
    this.#showings = new WantedShowings(ctx, boards)
  }

  /** The broker may have forgotten everything: all is handed to it again. */
  forgotten(): void {
    for (const [key, one] of this.#standing ?? []) this.#standing?.set(key, { ...one, published: false })
  }

  /** What stands for a station or a board; nothing before the first round. */
  of(code: string, kind: StandingKind): Standing | undefined {
    return this.#standing?.get(`${kind === 'showings' ? 'b' : 's'}/${code} ${kind}`)
  }

  /** Brings every station and board up to date, emergencies and boards before all schedules. Throws the first fault after it has done the rest. */
  async bringUpToDate(keys: SpeakerKeys): Promise<void> {
    this.#standing ??= new Map(
      (await standingMessages(this.#ctx.db)).map((one) => [keyOf(one), { ...one, published: false }]),
    )
    const stations = await planeStations(this.#ctx.db)
    const parts = { ctx: this.#ctx, programme: this.#programme, keys }
    const faults = [
      ...(await this.#bring('emergency', stations, keys, (station, held) =>
        wantedEmergency({ ...parts, station, held }),
      )),
      ...(await this.#bring('showings', await this.#boards.boards(this.#ctx), keys, (board, held) =>
        this.#showings.of(board, held, keys),
      )),
      ...(await this.#bring('schedule', stations, keys, (station, held) =>
        wantedSchedule({ ...parts, station, held }),
      )),
    ]
    if (faults.length > 0) throw faults[0]
  }

  async #bring<To extends { readonly code: string }>(
    kind: StandingKind,
    recipients: readonly To[],
    keys: SpeakerKeys,
    wantedOf: (to: To, held: Standing | undefined) => Promise<Wanted | null>,
  ): Promise<unknown[]> {
    const wanted: Wanted[] = []
    const faults = await forEach(recipients, async (to) => {
      const one = await wantedOf(to, this.of(to.code, kind))
      if (one) wanted.push(one)
    })
    // One commit for a whole province: an emergency must not wait for a hundred of them.
    for (const one of await this.#keep(wanted, keys)) this.#standing?.set(keyOf(one), one)
    const unpublished = [...(this.#standing?.values() ?? [])].filter((one) => one.kind === kind && !one.published)
    return [...faults, ...(await forEach(unpublished, (one) => this.#hand(one, kind)))]
  }

  /** Numbers, signs and keeps them in one transaction; what is kept is handed over until the broker has it. */
  async #keep(wanted: readonly Wanted[], keys: SpeakerKeys): Promise<Standing[]> {
    if (wanted.length === 0) return []
    const issuedAt = this.#ctx.clock.now()
    return this.#ctx.db.transaction().execute(async (db) => {
      const unsigned = wanted.flatMap(({ message }) => (message ? [message] : []))
      const bytes = await signedAll({ ...this.#ctx, db }, unsigned, keys.signing)
      const standing = wanted.map(({ recipient, kind, said, message, kept, validUntil }): Standing => {
        const at = message ? unsigned.indexOf(message) : -1
        const envelope = at >= 0 ? (bytes[at]?.toString('utf8') ?? '') : (kept?.envelope ?? '')
        const published = kept?.envelope === envelope && kept.published
        return { recipient, kind, said, envelope, issuedAt, validUntil, published }
      })
      await keepEnvelopes(db, standing)
      return standing
    })
  }

  async #hand(one: Standing, kind: StandingKind): Promise<void> {
    await this.#publish(one.recipient, kind, Buffer.from(one.envelope))
    // Another may stand there by now.
    if (this.#standing?.get(keyOf(one)) === one) this.#standing.set(keyOf(one), { ...one, published: true })
  }

  #publish(recipient: string, kind: StandingKind, bytes: Uint8Array): Promise<void> {
    return this.#plane.publish(TOPICS[kind](recipient.slice(2)), bytes, { retain: true })
  }
}

const TOPICS = { schedule: topics.station, emergency: topics.emergency, showings: topics.showings } as const

function keyOf({ recipient, kind }: Pick<StandingMessage, 'recipient' | 'kind'>): string {
  return `${recipient} ${kind}`
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
