import type { Db } from '../kernel/index.ts'

/** Notes that devices are listened to from now on. */
export async function noteHubStarted(db: Db, now: Date): Promise<void> {
  await db
    .insertInto('speakerHub')
    .values({ startedAt: now })
    .onConflict((clash) => clash.column('one').doUpdateSet({ startedAt: now }))
    .execute()
}
