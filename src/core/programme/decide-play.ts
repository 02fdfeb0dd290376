import * as v from 'valibot'
import { actingPerson, action, DaySchema, idOf, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { stationOf, touchStation } from '../station/index.ts'
import { PROGRAMMERS } from './keep-slot.ts'
import { endExpected, expectEnds, reopenEnds } from './play-end.store.ts'
import { lockPlay, playById, playsOfDay, updatePlay } from './play.store.ts'
import { whyNotDecide, type Play } from './programme.ts'
import { putAt, refuseToChoose } from './put-play.ts'
import { settleRows } from './settle-rows.ts'
import { lockProgramme } from './slot.store.ts'

const OnePlay = v.object({ playId: idOf<'play'>() })
const may = {
  who: 'roles' as const,
  roles: PROGRAMMERS,
  within: async (ctx: Ctx, { playId }: { readonly playId: Id<'play'> }) => {
    const play = await playById(ctx.db, playId)
    return play && ((await stationOf(ctx.db, play.stationId))?.organisationId ?? null)
  },
}
const about = ({ playId }: { readonly playId: Id<'play'> }) => ({ subject: 'play', subjectId: playId, facts: {} })

/** The commune lets an ordinary notice play, also one it had left out. */
export const choosePlay = action('programme.choose', {
  input: OnePlay,
  may,
  records: about,
  async run(ctx, { playId }) {
    const play = await playToDecide(ctx, playId, 'choose')
    await refuseToChoose(ctx, play)
    await decide(ctx, play, { state: 'chosen', reason: '' })
    await reopenEnds(ctx.db, playId)
    await expectEnds(ctx.db, [playId])
  },
})

/** The commune leaves an ordinary notice out, and says why; before it begins. */
export const skipPlay = action('programme.skip', {
  input: v.object({ ...OnePlay.entries, reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500)) }),
  may,
  records: about,
  async run(ctx, { playId, reason }) {
    const play = await playToDecide(ctx, playId, 'skip')
    await decide(ctx, play, { state: 'skipped', reason })
    await expectEnds(ctx.db, [playId])
    await endExpected(ctx.db, [playId], 'skipped', 'commune', ctx.clock.now())
    await settleRows(ctx, [playId])
  },
})

/** The commune lets it play in the next slot of the same day instead of this one. Answers that slot's hour. */
export const postponePlay = action('programme.postpone', {
  input: v.object({ ...OnePlay.entries, slotId: idOf<'slot'>() }),
  may,
  records: ({ playId, slotId }) => ({ subject: 'play', subjectId: playId, facts: { slot: slotId } }),
  async run(ctx, { playId, slotId }) {
    const play = await playToDecide(ctx, playId, 'postpone')
    await putAt(ctx, play, slotId, play.day)
    await decide(ctx, play, { state: 'chosen', reason: '' })
    await reopenEnds(ctx.db, playId)
  },
})

/** Puts a play into another slot, day or place; of a priority notice only its place among those of its slot. */
export const movePlay = action('programme.move', {
  input: v.object({
    ...OnePlay.entries,
    slotId: idOf<'slot'>(),
    day: DaySchema,
    /** Place among those of its class in the slot, from 1; left out: the last. */
    place: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000))),
  }),
  may,
  records: ({ playId, day }) => ({ subject: 'play', subjectId: playId, facts: { day } }),
  async run(ctx, { playId, slotId, day, place }) {
    const play = await playToDecide(ctx, playId, 'move')
    const elsewhere = play.slotId !== slotId || play.day !== day
    if (elsewhere && play.class !== 'ordinary') throw new Refusal('programme.play_priority')
    if (elsewhere) await putAt(ctx, play, slotId, day)
    await order(ctx, { ...play, slotId, day }, place ?? 1_000)
    // What a commune has moved stays where it is when its release is laid out anew.
    if (ctx.actor.kind === 'person') await updatePlay(ctx.db, playId, { decidedBy: ctx.actor.personId })
    await touchStation(ctx.db, play.stationId)
  },
})

export async function playToDecide(
  ctx: Ctx,
  playId: Id<'play'>,
  what: Parameters<typeof whyNotDecide>[1],
): Promise<Play> {
  const known = await playById(ctx.db, playId)
  if (!known) throw new Refusal('programme.no_play')
  await lockProgramme(ctx.db, known.stationId)
  const play = await lockPlay(ctx.db, playId)
  if (!play) throw new Refusal('programme.no_play')
  refuseIf(whyNotDecide(play, what, ctx.clock.now()))
  return play
}

async function decide(ctx: Ctx, play: Play, to: Pick<Play, 'state' | 'reason'>): Promise<void> {
  const decidedBy = actingPerson(ctx)
  await updatePlay(ctx.db, play.id, { ...to, decidedBy, decidedAt: ctx.clock.now() })
  await touchStation(ctx.db, play.stationId)
}

/** Numbers those of its class in its slot anew, itself at the place asked for. */
async function order(
  ctx: Ctx,
  play: Pick<Play, 'id' | 'stationId' | 'slotId' | 'day' | 'class'>,
  place: number,
): Promise<void> {
  const there = (await playsOfDay(ctx.db, play.stationId, play.day)).filter(
    (one) => one.slotId === play.slotId && one.class === play.class && one.id !== play.id && one.state !== 'cancelled',
  )
  const ids = there.map(({ id }) => id)
  ids.splice(Math.min(place, ids.length + 1) - 1, 0, play.id)
  for (const [at, id] of ids.entries()) await updatePlay(ctx.db, id, { ord: at + 1 })
}
