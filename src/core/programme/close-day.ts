import * as v from 'valibot'
import { actingPerson, action, DaySchema, idOf, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { stationOf } from '../station/index.ts'
import { attachOutput, finishTask, taskById } from '../task/index.ts'
import { broadcastsByIds } from './broadcast.store.ts'
import { tasksOfEndedRows, upsertHandDay } from './hand-day.store.ts'
import { mayProgramme } from './keep-slot.ts'
import { expectEnds, writeHandEnds } from './play-end.store.ts'
import { playsOfDay, updatePlay } from './play.store.ts'
import type { Play } from './programme.ts'
import { settleRows } from './settle-rows.ts'
import { lockProgramme } from './slot.store.ts'

/**
 * Says of a day at a station that people play by hand what was read out: what is ticked was played, the rest was not. One
 * tap declares it; a photograph of the ticked sheet documents it. Said anew it takes the place of what was said before.
 */
export const closeDay = action('programme.close_day', {
  input: v.object({
    stationId: idOf<'outlet'>(),
    day: DaySchema,
    played: v.pipe(v.array(idOf<'play'>()), v.maxLength(500)),
    /** Of a kept file. */
    photoSha256: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  }),
  may: mayProgramme,
  records: ({ stationId, day, played, photoSha256 }) => ({
    subject: 'outlet',
    subjectId: stationId,
    facts: { day, played: played.length, photo: photoSha256 !== null },
  }),
  async run(ctx, { stationId, day, played, photoSha256 }) {
    const station = await stationOf(ctx.db, stationId)
    if (!station) throw new Refusal('programme.no_station')
    if (station.carriage === 'ip') throw new Refusal('programme.not_by_hand')
    if (photoSha256 !== null && !(await ctx.files.has(photoSha256)))
      throw new Refusal('programme.no_photo', {}, 'photo')
    await lockProgramme(ctx.db, stationId)
    const over = playsToClose(await playsOfDay(ctx.db, stationId, day), ctx.clock.now())
    if (over.length === 0) throw new Refusal('programme.nothing_to_close')
    const ticked = new Set(played)
    const broadcasts = await broadcastsByIds(
      ctx.db,
      over.map(({ broadcastId }) => broadcastId),
    )
    await expectEnds(
      ctx.db,
      over.map(({ id }) => id),
    )
    const ends = over.map((play) => {
      const yes = ticked.has(play.id)
      const seconds = yes ? (broadcasts.get(play.broadcastId)?.seconds ?? 0) : 0
      return {
        playId: play.id,
        state: yes ? ('played' as const) : ('skipped' as const),
        seconds,
        reason: yes ? '' : 'not_ticked',
      }
    })
    await writeHandEnds(ctx.db, ends, photoSha256 === null ? 'declared' : 'documented', ctx.clock.now())
    await chooseTicked(ctx, over, ticked)
    const closedBy = actingPerson(ctx)
    await upsertHandDay(ctx.db, { stationId, day, closedBy, closedAt: ctx.clock.now(), photoSha256 })
    const ids = over.map(({ id }) => id)
    await settleRows(ctx, ids)
    await finishEnded(ctx, ids, day)
    return ticked.size
  },
})

/** What of a day can be said to be over: what has begun and was neither taken away nor left out before. */
export function playsToClose(plays: readonly Play[], now: Date): Play[] {
  return plays.filter(
    ({ state, plannedAt, reason }) =>
      plannedAt <= now &&
      (state === 'offered' || state === 'chosen' || (state === 'skipped' && reason === 'not_ticked')),
  )
}

async function chooseTicked(ctx: Ctx, plays: readonly Play[], ticked: ReadonlySet<Id<'play'>>): Promise<void> {
  const decided = { decidedBy: actingPerson(ctx), decidedAt: ctx.clock.now() }
  for (const { id } of plays) {
    const to = ticked.has(id)
      ? { state: 'chosen' as const, reason: '' }
      : { state: 'skipped' as const, reason: 'not_ticked' }
    await updatePlay(ctx.db, id, { ...to, ...decided })
  }
}

/** A task whose plays have all come to their ends, and of which any was played, is done: the days show it. */
async function finishEnded(ctx: Ctx, playIds: readonly Id<'play'>[], day: string): Promise<void> {
  for (const taskId of await tasksOfEndedRows(ctx.db, playIds)) {
    const task = await taskById(ctx.db, taskId)
    if (!task || (task.state !== 'set' && task.state !== 'accepted')) continue
    try {
      await attachOutput(ctx, { taskId, kind: 'note', title: 'Nhật ký phát thanh', value: day })
      await finishTask(ctx, { taskId })
    } catch (thrown) {
      // A part of it is still open below, or it is somebody else's to finish: the day is closed all the same.
      if (!(thrown instanceof Refusal)) throw thrown
    }
  }
}
