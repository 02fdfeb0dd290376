import { ACCEPTORS, bodiesHeld, lockPeriod, locks, unlockPeriod } from '#core/evidence/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

/** A province closes a few periods a year. */
const MOST = 200

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const bodies = (await organisationsWhere(ctx.db, bodiesHeld(ctx, ACCEPTORS))).filter(
    ({ aliveTo }) => aliveTo === null,
  )
  return {
    bodies: bodies.map(({ id, name }) => ({ value: id, name })),
    locks: await locks(ctx.db, MOST),
    whyNot: bodies.length === 0 ? w('evidence_queue_not_yours') : null,
  }
}

export const actions: Actions = {
  lock: act(lockPeriod, { then: () => `${paths.evidenceLocks}?done=evidence_locked` }),
  unlock: act(unlockPeriod, {
    input: (data) => ({ lockId: fieldOf(data, 'lockId'), reason: fieldOf(data, 'reason') }),
    then: () => `${paths.evidenceLocks}?done=evidence_unlocked`,
  }),
}
