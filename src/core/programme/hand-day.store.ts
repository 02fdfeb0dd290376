import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'

/** Day played by hand (ngày phát thủ công) that somebody has said is done. */
export interface HandDay {
  readonly stationId: Id<'outlet'>
  readonly day: Day
  readonly closedBy: Id<'person'> | null
  readonly closedAt: Date
  readonly photoSha256: string | null
}

export async function upsertHandDay(db: Db, handDay: HandDay): Promise<void> {
  const { closedBy, closedAt, photoSha256 } = handDay
  await db
    .insertInto('handDay')
    .values(handDay)
    .onConflict((clash) => clash.columns(['stationId', 'day']).doUpdateSet({ closedBy, closedAt, photoSha256 }))
    .execute()
}

export async function handDayOf(db: Db, stationId: Id<'outlet'>, day: Day): Promise<HandDay | null> {
  const row = await db
    .selectFrom('handDay')
    .select(['stationId', 'day', 'closedBy', 'closedAt', 'photoSha256'])
    .where('stationId', '=', stationId)
    .where('day', '=', day)
    .executeTakeFirst()
  return (row as unknown as HandDay | undefined) ?? null // ids as upsertHandDay wrote them
}

/** Tasks of the rows of these plays of which nothing is expected any more and something was played. */
export async function tasksOfEndedRows(db: Db, playIds: readonly Id<'play'>[]): Promise<Id<'task'>[]> {
  const { rows } = await sql<{ taskId: Id<'task'> }>`
    select distinct delivery.task_id from play
    join delivery on delivery.release_id = play.release_id and delivery.id = play.delivery_id and delivery.state = 'delivered'
    where play.id = any(${[...playIds]}::uuid[]) and delivery.task_id is not null and not exists (
      select 1 from play as other left join play_end on play_end.play_id = other.id
      where other.release_id = play.release_id and other.delivery_id = play.delivery_id and other.state in ('offered', 'chosen')
        and (play_end.play_id is null or play_end.state = 'expected'))
    order by delivery.task_id`.execute(db)
  return rows.map(({ taskId }) => taskId)
}
