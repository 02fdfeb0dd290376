import * as v from 'valibot'
import { action } from '../kernel/index.ts'
import { upsertPatience } from './patience.store.ts'

const hours = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(720))

/** Sets how many hours something may be so before it is an alarm, 1 to 720 for each kind. */
export const setPatience = action('alarm.set_patience', {
  input: v.object({ outlet_silent: hours, people_silent: hours, unknown_waiting: hours, device_silent: hours }),
  may: { who: 'roles', roles: ['administrator'] },
  records: (given) => ({ subject: 'alarm', subjectId: null, facts: given }),
  run: (ctx, given) => upsertPatience(ctx.db, given),
})
