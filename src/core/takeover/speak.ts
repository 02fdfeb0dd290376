import * as v from 'valibot'
import { actingPerson, action, idOf, Refusal, refuseIf, type Ctx } from '../kernel/index.ts'
import { aboutTakeover, held } from './decide-takeover.ts'
import { insertAddressed } from './takeover-end.store.ts'
import { insertPart } from './takeover-part.store.ts'
import { takenBy, updateTakeover } from './takeover.store.ts'
import { whyNotSpeak, whyOver, type Takeover } from './takeover.ts'

/** Of what comes from the microphone: 16 bits, one voice. */
export const SPOKEN_RATE = 24_000
/** A tenth of a second, in which there is at least one frame of MP3. */
const LEAST_BYTES = SPOKEN_RATE / 5
/** Ten seconds. */
const MOST_BYTES = SPOKEN_RATE * 2 * 10

/** A speech begins: what it addresses is written down. Answers how many devices. */
export const beginTakeover = action('takeover.begin', {
  input: v.object({ takeoverId: idOf<'takeover'>() }),
  may: { who: 'signed_in' },
  records: ({ takeoverId }, devices: number) => aboutTakeover(takeoverId, { devices }),
  async run(ctx, { takeoverId }) {
    const takeover = await held(ctx, takeoverId)
    const now = ctx.clock.now()
    refuseIf(whyNotSpeak(takeover, actingPerson(ctx), now))
    if (takeover.state === 'speaking') throw new Refusal('takeover.has_begun')
    const station = await takenBy(ctx.db, takeoverId)
    if (station !== null) throw new Refusal('takeover.station_taken', { station })
    await updateTakeover(ctx.db, takeoverId, { state: 'speaking', beganAt: now, spokeAt: now })
    return insertAddressed(ctx.db, takeoverId)
  },
})

/**
 * A piece from the microphone, 16 bits, lowest byte first. Numbers go up by one from 1; one that came before is passed over.
 * The first begins the speech. The record keeps that it began and the hash of all that was said, not each piece.
 * Answers the number that comes next.
 *
 * @throws Refusal `takeover.gap` where pieces before it are lacking, `takeover.is_over` where nothing is taken any more.
 */
export const sayPart = action('takeover.say', {
  input: v.object({
    takeoverId: idOf<'takeover'>(),
    number: v.pipe(v.number(), v.integer(), v.minValue(1)),
    samples: v.instance(Uint8Array),
  }),
  may: { who: 'signed_in' },
  records: () => null,
  async run(ctx, { takeoverId, number, samples }): Promise<number> {
    const takeover = await begun(ctx, await held(ctx, takeoverId), number)
    const now = ctx.clock.now()
    refuseIf(whyNotSpeak(takeover, actingPerson(ctx), now))
    if (number <= takeover.spoken) return takeover.spoken + 1
    if (number > takeover.spoken + 1) throw new Refusal('takeover.gap', { next: takeover.spoken + 1 })
    if (whyOver(takeover, now)) throw new Refusal('takeover.is_over')
    if (samples.length < LEAST_BYTES || samples.length > MOST_BYTES || samples.length % 2 !== 0)
      throw new Refusal('takeover.bad_part')
    await insertPart(ctx.db, { takeoverId, number, samples, cameAt: now })
    await updateTakeover(ctx.db, takeoverId, { spoken: number, spokeAt: now })
    return number + 1
  },
})

async function begun(ctx: Ctx, takeover: Takeover, number: number): Promise<Takeover> {
  if (takeover.state !== 'approved' || number !== 1) return takeover
  await beginTakeover(ctx, { takeoverId: takeover.id })
  return held(ctx, takeover.id)
}
