import type { Db } from '../kernel/index.ts'
import type { Schedule } from './schedule.ts'

/** Keeps which jobs come round, and no others; one whose time has changed counts anew from now. */
export async function keepSchedules(
  db: Db,
  schedules: readonly Pick<Schedule, 'job' | 'every'>[],
  now: Date,
): Promise<void> {
  const jobs = schedules.map(({ job }) => job)
  let gone = db.deleteFrom('schedule')
  if (jobs.length > 0) gone = gone.where('job', 'not in', jobs)
  await gone.execute()
  if (jobs.length === 0) return
  await db
    .insertInto('schedule')
    .values(schedules.map(({ job, every }) => ({ job, every, knownSince: now })))
    .onConflict((clash) =>
      clash
        .column('job')
        .doUpdateSet((eb) => ({ every: eb.ref('excluded.every'), knownSince: now }))
        .whereRef('schedule.every', '<>', 'excluded.every'),
    )
    .execute()
}

/** A job that comes round has run to its end. */
export async function noteRun(db: Db, job: string, now: Date): Promise<void> {
  await db.updateTable('schedule').set({ ranAt: now }).where('job', '=', job).execute()
}

export async function schedulesOf(db: Db): Promise<Schedule[]> {
  return db.selectFrom('schedule').select(['job', 'every', 'knownSince', 'ranAt']).orderBy('job').execute()
}
