import { ACCEPTORS, bodiesHeld, drawSpotChecks, newestDraws } from '#core/evidence/index.ts'
import { addDays, dayAt } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const MOST = 100

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const bodies = (await organisationsWhere(ctx.db, bodiesHeld(ctx, ACCEPTORS))).filter(
    ({ aliveTo }) => aliveTo === null,
  )
  const today = dayAt(ctx.clock.now())
  return {
    bodies: bodies.map(({ id, name }) => ({ value: id, name })),
    draws: await newestDraws(ctx.db, MOST),
    from: addDays(today, -30),
    to: today,
    whyNot: bodies.length === 0 ? w('evidence_queue_not_yours') : null,
  }
}

export const actions: Actions = {
  draw: act(drawSpotChecks, {
    input: (data) => ({
      organisationId: fieldOf(data, 'organisationId'),
      dayFrom: fieldOf(data, 'dayFrom'),
      dayTo: fieldOf(data, 'dayTo'),
      percent: Number(fieldOf(data, 'percent').replace(',', '.')),
    }),
    then: (drawId) => `${paths.spotDraw(drawId)}?done=evidence_drawn`,
  }),
}
