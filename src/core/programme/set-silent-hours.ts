import * as v from 'valibot'
import { action, Refusal, type Ctx } from '../kernel/index.ts'
import { countSilent } from './play-end.store.ts'
import { settledWithdrawals, silentHours, updateSilentHours } from './row.store.ts'

/** Hours that devices may be silent at least and at most: an hour is a bad line, a month is nobody who will still speak. */
export const SILENT_HOURS = { least: 1, most: 720 } as const
const MOST_RECALLS = 100_000

/** What would be closed within a minute if no device were waited for longer than so many hours. */
export interface Silence {
  readonly hours: number
  /** Plays called offline, and at how many stations. */
  readonly plays: number
  readonly stations: number
  /** Rows of recalls that fail, until the devices say that they hold the schedule without. */
  readonly recalls: number
}

/** Counts it; nothing is changed. @throws Refusal `programme.silent_hours` */
export async function silenceBy(ctx: Ctx, hours: number): Promise<Silence> {
  const { least, most } = SILENT_HOURS
  if (!Number.isInteger(hours) || hours < least || hours > most)
    throw new Refusal('programme.silent_hours', { least, most }, 'hours')
  const before = new Date(ctx.clock.now().getTime() - hours * 3_600_000)
  const recalls = await settledWithdrawals(ctx.db, before, MOST_RECALLS)
  return { hours, ...(await countSilent(ctx.db, before)), recalls: recalls.filter(({ held }) => !held).length }
}

/**
 * Sets for the whole province after how many hours a play that no device spoke of is called offline. It closes no more
 * plays and recalls than whoever sets it was shown; what was called offline before stays so, until its device speaks.
 */
export const setSilentHours = action('programme.set_silent_hours', {
  input: v.object({ hours: v.number(), seen: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ hours, seen }) => ({ subject: 'programme', subjectId: null, facts: { hours, seen } }),
  async run(ctx, { hours, seen }) {
    const { plays, recalls } = await silenceBy(ctx, hours)
    if (plays + recalls > seen) throw new Refusal('programme.silent_unseen', { count: plays + recalls }, 'hours')
    await updateSilentHours(ctx.db, hours)
  },
})

/** The hours that stand. */
export const silentHoursOf = (ctx: Ctx): Promise<number> => silentHours(ctx.db)
