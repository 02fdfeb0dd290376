import * as v from 'valibot'
import { addDays, dayAt, job } from '../kernel/index.ts'
import { remindParts } from './review.store.ts'

/** Calls steps to mind the day before they are due, and each day after. */
export const remindReviews = job('review.remind', {
  payload: v.object({}),
  every: '10 7 * * *',
  async run(ctx) {
    const today = dayAt(ctx.clock.now())
    await remindParts(ctx.db, addDays(today, 1), today)
  },
})
