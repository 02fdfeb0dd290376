import * as v from 'valibot'
import { addDays, dayAt, job } from '../kernel/index.ts'
import { noteReminded } from './request.store.ts'
import { tellContributors } from './tell-contributors.ts'

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

/** Tells by mail who must contribute, of what is due soon or overdue: once a person and step, however often it runs. */
export const tellContributorsJob = job('report.tell_contributors', {
  payload: v.object({}),
  every: '6 7 * * *',
  retry: { times: 8, firstAfterSeconds: 60 },
  async run(ctx) {
    await tellContributors(ctx)
  },
})
