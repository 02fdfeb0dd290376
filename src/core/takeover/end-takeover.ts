import * as v from 'valibot'
import { actingPerson, action, idOf, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { aboutTakeover, held } from './decide-takeover.ts'
import { whyNotWatch } from './rights.ts'
import { deleteParts, sentSpeech } from './takeover-part.store.ts'
import { updateTakeover } from './takeover.store.ts'
import { END_REASONS } from './takeover.ts'

/** Ends a speech: who speaks has done, or another who may approve silences them, at once. One that has ended stays as it is. */
export const stopTakeover = action('takeover.stop', {
  input: v.object({ takeoverId: idOf<'takeover'>() }),
  may: { who: 'signed_in' },
  records: ({ takeoverId }, ended: boolean) => (ended ? aboutTakeover(takeoverId) : null),
  async run(ctx, { takeoverId }): Promise<boolean> {
    const takeover = await held(ctx, takeoverId)
    refuseIf(await whyNotWatch(ctx, takeover))
    if (takeover.state === 'ended') return false
    if (takeover.state !== 'speaking') throw new Refusal('takeover.not_speaking')
    const endedBy = actingPerson(ctx)
    const endReason = endedBy === takeover.askedBy ? 'stopped' : 'stopped_by_other'
    await updateTakeover(ctx.db, takeoverId, { state: 'ended', endedAt: ctx.clock.now(), endedBy, endReason })
    return true
  },
})

/** Ends a speech by rule. One that has ended stays as it is; answers whether it did. */
export const finishTakeover = action('takeover.finish', {
  input: v.object({ takeoverId: idOf<'takeover'>(), reason: v.picklist(END_REASONS) }),
  may: { who: 'system' },
  records: ({ takeoverId, reason }, ended: boolean) => (ended ? aboutTakeover(takeoverId, { reason }) : null),
  async run(ctx, { takeoverId, reason }): Promise<boolean> {
    const takeover = await held(ctx, takeoverId)
    if (takeover.state !== 'speaking') return false
    await updateTakeover(ctx.db, takeoverId, { state: 'ended', endedAt: ctx.clock.now(), endReason: reason })
    return true
  },
})

const keepFile = action('takeover.keep', {
  input: v.object({
    takeoverId: idOf<'takeover'>(),
    file: v.nullable(v.object({ sha256: v.string(), bytes: v.number() })),
    seconds: v.number(),
  }),
  may: { who: 'system' },
  records: ({ takeoverId, file, seconds }) => aboutTakeover(takeoverId, { sha256: file?.sha256 ?? '', seconds }),
  async run(ctx, { takeoverId, file, seconds }) {
    await updateTakeover(ctx.db, takeoverId, { ...file, seconds, keptAt: ctx.clock.now() })
    await deleteParts(ctx.db, takeoverId)
  },
})

/** Keeps all that was sent of a speech that has ended as one file by its hash, in the place of its pieces. */
export async function keepSpeech(ctx: Ctx, takeoverId: Id<'takeover'>): Promise<void> {
  const { sound, seconds } = await sentSpeech(ctx.db, takeoverId)
  const file = sound.length > 0 ? { sha256: await ctx.files.put(sound), bytes: sound.length } : null
  await keepFile(ctx, { takeoverId, file, seconds: Math.round(seconds * 100) / 100 })
}
