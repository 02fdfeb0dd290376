import * as v from 'valibot'
import { job } from '../kernel/index.ts'
import { closeSilentPlays } from './close-silent-plays.ts'

/** Ends what nobody chose in time, what no device spoke of, and what was taken back everywhere. */
export const closeSilentPlaysJob = job('programme.close_silent_plays', {
  payload: v.object({}),
  every: '* * * * *',
  async run(ctx) {
    while ((await closeSilentPlays(ctx)) > 0);
  },
})
