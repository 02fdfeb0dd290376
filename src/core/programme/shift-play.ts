import * as v from 'valibot'
import { actingPerson, action, DaySchema, idOf, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { releaseById } from '../release/index.ts'
import { touchStation } from '../station/index.ts'
import { playToDecide } from './decide-play.ts'
import { LAYERS } from './lay-out-release.ts'
import { playById, updatePlay } from './play.store.ts'
import type { Play } from './programme.ts'
import { putAt } from './put-play.ts'

/**
 * Puts one play of a release on another day or into another slot of its station, for who lays the release out: as strictly
 * as laying out does, so that nothing is put where it would not have been laid. What the commune has decided about is its
 * own. A play that was shifted stays when the release is laid out anew.
 */
export const shiftPlay = action('programme.shift', {
  input: v.object({ playId: idOf<'play'>(), slotId: idOf<'slot'>(), day: DaySchema }),
  may: {
    who: 'roles',
    roles: LAYERS,
    within: async (ctx: Ctx, { playId }: { readonly playId: Id<'play'> }) => {
      const play = await playById(ctx.db, playId)
      return play && ((await releaseById(ctx.db, play.releaseId))?.organisationId ?? null)
    },
  },
  records: ({ playId, day }) => ({ subject: 'play', subjectId: playId, facts: { day } }),
  async run(ctx, { playId, slotId, day }) {
    const play = await playToDecide(ctx, playId, 'move')
    const decided = whyNotShift(ctx, play)
    if (decided) throw decided
    const by = actingPerson(ctx)
    if (play.slotId === slotId && play.day === day) return
    await putAt(ctx, play, slotId, day)
    await updatePlay(ctx.db, playId, { decidedBy: by })
    await touchStation(ctx.db, play.stationId)
  },
})

/** What somebody else has decided about a play stands in the way; null where nobody has. */
export function whyNotShift({ actor }: Ctx, { state, decidedBy }: Pick<Play, 'state' | 'decidedBy'>): Refusal | null {
  const isOwn = actor.kind === 'person' && decidedBy === actor.personId
  return state === 'skipped' || (decidedBy !== null && !isOwn) ? new Refusal('programme.play_decided') : null
}
