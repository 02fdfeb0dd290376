import { sql } from 'kysely'
import { alarmsWhere, insertWorker, watchOver, type Alarm } from '../core/alarm/index.ts'
import { newId, type Id } from '../core/kernel/index.ts'
import { sendWith, type Outcome } from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { FEW_OUTLETS, openReleaseStage } from './release.build.ts'

/** Nine in the morning in Vietnam: of the two machines of the stage one keeps quiet until six in the evening. */
export const START = '2026-11-24T02:00:00Z'

/** The province of `release.build.ts` under a clock that stands still, whose portal answers what a test says. */
export async function openAlarmStage() {
  const clock = stillClock(START)
  const stage = await openReleaseStage(clock, FEW_OUTLETS)
  let answer: Outcome = { kind: 'delivered' }
  sendWith({
    channel: 'portal',
    repeatable: true,
    withdraws: true,
    batch: 10,
    send: async (_ctx, rows) => rows.map(() => answer),
  })
  const open = async (): Promise<Alarm[]> => alarmsWhere(stage.ctx.db, { open: true }, null, 50)
  return {
    stage,
    clock,
    open,
    answers: (outcome: Outcome) => (answer = outcome),
    after: (seconds: number) => clock.set(new Date(clock.now().getTime() + seconds * 1_000).toISOString()),
    look: (jobsWait: Date | null = null) => watchOver(stage.ctx, () => Promise.resolve(jobsWait)),
    kinds: async () => (await open()).map(({ kind }) => kind).sort(),
    released: (more: object = {}) =>
      stage.released({
        channels: ['portal', 'loudspeaker'],
        startsAt: new Date('2026-11-24T00:00:00Z'),
        words: 'Phát',
        ...more,
      }),
    async aWorker(): Promise<Id<'worker'>> {
      const id = newId<'worker'>()
      await insertWorker(stage.ctx.db, { id, host: 'here', pid: 1, works: ['ledger', 'jobs'] })
      return id
    },
    /** What a test before has left, in the alarms and in the ledger, is none of the next one's business. */
    async afresh() {
      clock.set(START)
      answer = { kind: 'delivered' }
      await sql`truncate alarm_telling, alarm, alarm_patience, channel_pulse, schedule, worker`.execute(stage.ctx.db)
      await sql`truncate delivery, delivery_event, release_count, release_expansion cascade`.execute(stage.ctx.db)
    },
  }
}

export type AlarmStage = Awaited<ReturnType<typeof openAlarmStage>>
