import * as v from 'valibot'
import { action, Refusal } from '../kernel/index.ts'
import { updateMostMinutes } from './takeover.store.ts'
import { MINUTES } from './takeover.ts'

/** Sets for the whole province for how many minutes at most a takeover may be asked for. */
export const setMostMinutes = action('takeover.set_minutes', {
  input: v.object({ minutes: v.number() }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ minutes }) => ({ subject: 'takeover', subjectId: null, facts: { minutes } }),
  async run(ctx, { minutes }) {
    const { least, most } = MINUTES
    if (!Number.isInteger(minutes) || minutes < least || minutes > most)
      throw new Refusal('takeover.minutes', { least, most }, 'minutes')
    await updateMostMinutes(ctx.db, minutes)
  },
})
