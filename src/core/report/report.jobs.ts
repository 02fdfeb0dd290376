import * as v from 'valibot'
import { addDays, dayAt, job } from '../kernel/index.ts'
import { noteReminded } from './request.store.ts'

/** Days before a report is due on which bodies that have not contributed are called to mind, as with tasks. */
const REMIND_DAYS_BEFORE = [7, 3, 1, 0]

/** Calls contributions to mind as the day of their report comes near; once a part and day, however often it runs. */
export const remindReportParts = job('report.remind', {
  payload: v.object({}),
  every: '5 7 * * *',
  async run(ctx) {
    const today = dayAt(ctx.clock.now())
    const days = REMIND_DAYS_BEFORE.map((before) => addDays(today, before))
    await noteReminded(ctx.db, days, today)
  },
})
