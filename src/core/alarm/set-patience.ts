import * as v from 'valibot'
import { action } from '../kernel/index.ts'
import { PATIENCE_HOURS, type PatientKind } from './alarm.ts'
import { upsertPatience } from './patience.store.ts'

const KINDS = Object.keys(PATIENCE_HOURS) as PatientKind[]

/** Sets how many hours something may be so before it is an alarm, 1 to 720. */
export const setPatience = action('alarm.set_patience', {
  input: v.object({
    kind: v.picklist(KINDS),
    hours: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(720)),
  }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ kind, hours }) => ({ subject: 'alarm', subjectId: null, facts: { kind, hours } }),
  run: (ctx, { kind, hours }) => upsertPatience(ctx.db, kind, hours),
})
