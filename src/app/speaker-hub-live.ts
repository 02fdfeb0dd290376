import { setTimeout as wait } from 'node:timers/promises'
import type { Ctx } from '../core/kernel/index.ts'
import type { SigningKey } from '../core/station/index.ts'
import {
  finishTakeover,
  keepSpeech,
  notePartSent,
  openTakeovers,
  stationsOfTakeover,
  unsentParts,
  whyOver,
  type TakenStation,
  type Takeover,
} from '../core/takeover/index.ts'
import { encodeLive, finishLive } from '../platform/sounds/live-speech.ts'
import type { Plane } from '../platform/speakers/plane.ts'
import { topics, type LiveBody } from '../platform/speakers/protocol.ts'
import { signedAll } from './speaker-hub-sign.ts'

/** A device that hears a part later than this was away, or somebody kept it. */
const PART_HOLDS_MS = 20_000
const LOOKS_EVERY_MS = 5_000
/** While somebody speaks it is looked at the clock. */
const LOOKS_AT_SPEECH_EVERY_MS = 1_000
const MOST_PARTS = 20

/**
 * Speeches while they are spoken: what comes from the microphone is encoded, signed for each station and handed to the
 * broker, which keeps nothing of it. One that was spoken when Loa was started anew is over.
 */
export class LiveSpeeches {
  readonly #ctx: Ctx
  readonly #plane: Plane
  readonly #signing: () => SigningKey
  readonly #stopping = new AbortController()
  readonly #stations = new Map<string, readonly TakenStation[]>()
  #isDue = true
  #wakes = () => {}
  #begun = false
  #complained = ''
  readonly #running: Promise<void>

  constructor(ctx: Ctx, plane: Plane, signing: () => SigningKey) {
    this.#ctx = ctx
    this.#plane = plane
    this.#signing = signing
    this.#running = this.#run()
  }

  /** Something was said, or ended. */
  wake(): void {
    this.#isDue = true
    this.#wakes()
  }

  async close(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#isDue = false
      const speaks = await this.#round().catch((fault: unknown) => this.#complain(fault))
      if (!this.#isDue) await this.#rest(speaks ? LOOKS_AT_SPEECH_EVERY_MS : LOOKS_EVERY_MS)
    }
  }

  async #rest(ms: number): Promise<void> {
    const woken = new AbortController()
    this.#wakes = () => woken.abort()
    const signal = AbortSignal.any([woken.signal, this.#stopping.signal])
    await wait(ms, undefined, { signal }).catch(() => undefined)
  }

  /** Answers whether anybody speaks. */
  async #round(): Promise<boolean> {
    const open = await openTakeovers(this.#ctx.db)
    if (!this.#begun) {
      for (const { id, state } of open)
        if (state === 'speaking') await finishTakeover(this.#ctx, { takeoverId: id, reason: 'restarted' })
      this.#begun = true
      return open.length > 0
    }
    for (const takeover of open) {
      // What is amiss with one keeps no other waiting.
      const work = takeover.state === 'speaking' ? this.#goOn(takeover) : this.#end(takeover)
      await work.catch((fault: unknown) => this.#complain(fault))
    }
    this.#complained = open.length === 0 ? '' : this.#complained
    return open.length > 0
  }

  async #goOn(takeover: Takeover): Promise<void> {
    await this.#sendUnsent(takeover)
    const reason = whyOver(takeover, this.#ctx.clock.now())
    if (reason) await finishTakeover(this.#ctx, { takeoverId: takeover.id, reason })
  }

  /** Who stops by themselves is heard to their last word; where another stops them it is silent at once. */
  async #end(takeover: Takeover): Promise<void> {
    const { id, spoken, endReason } = takeover
    const cut = endReason === 'stopped_by_other' || endReason === 'restarted'
    if (!cut) await this.#sendUnsent(takeover)
    const { sound, seconds } = await finishLive(id)
    const rest = cut ? { sound: Buffer.of(), seconds: 0 } : { sound, seconds }
    await this.#send(takeover, { ...rest, part: spoken + 1, last: true, cut })
    if (rest.sound.length > 0)
      await notePartSent(this.#ctx.db, id, { number: spoken + 1, ...rest }, this.#ctx.clock.now())
    await keepSpeech(this.#ctx, id)
    this.#stations.delete(id)
  }

  async #sendUnsent(takeover: Takeover): Promise<void> {
    for (const { number, samples } of await unsentParts(this.#ctx.db, takeover.id, MOST_PARTS)) {
      const piece = await encodeLive(takeover.id, samples)
      await this.#send(takeover, { ...piece, part: number, last: false, cut: false })
      await notePartSent(this.#ctx.db, takeover.id, { number, ...piece }, this.#ctx.clock.now())
    }
  }

  /** To every station under its own number and signature. A broker that is away loses this part, and no more. */
  async #send(
    { id }: Takeover,
    {
      sound,
      seconds,
      part,
      last,
      cut,
    }: { sound: Uint8Array; seconds: number; part: number; last: boolean; cut: boolean },
  ): Promise<void> {
    const stations = this.#stations.get(id) ?? (await stationsOfTakeover(this.#ctx.db, id))
    this.#stations.set(id, stations)
    const validUntil = new Date(this.#ctx.clock.now().getTime() + PART_HOLDS_MS)
    const audio = Buffer.from(sound).toString('base64')
    const messages = stations.map(({ code, playId }) => {
      const body: LiveBody = { kind: 'live', playId, part, last, ...(cut && { cut }), seconds, audio }
      return { recipient: `s/${code}`, kind: 'live' as const, validUntil, body }
    })
    const bytes = await signedAll(this.#ctx, messages, this.#signing())
    const handed = stations.map(({ code }, at) =>
      this.#plane.publish(topics.live(code), bytes[at] ?? Buffer.of(), { retain: false, fleeting: true }),
    )
    for (const one of await Promise.allSettled(handed)) if (one.status === 'rejected') this.#complain(one.reason)
  }

  #complain(thrown: unknown): false {
    const words = thrown instanceof Error ? thrown.message : String(thrown)
    // The same fault again and again says nothing new.
    if (!this.#stopping.signal.aborted && words !== this.#complained) console.error('A live speech:', words)
    this.#complained = words
    return false
  }
}
