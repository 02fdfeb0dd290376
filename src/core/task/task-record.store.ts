import type { Db, Id } from '../kernel/index.ts'
import type { TaskEvent, TaskOutput } from './task.ts'

export async function insertEvents(
  db: Db,
  events: readonly (TaskEvent & { readonly taskId: Id<'task'> })[],
): Promise<void> {
  for (let at = 0; at < events.length; at += 500) {
    await db
      .insertInto('taskEvent')
      .values(events.slice(at, at + 500))
      .execute()
  }
}

/** Newest first. */
export async function eventsOf(db: Db, taskId: Id<'task'>): Promise<TaskEvent[]> {
  const rows = await db
    .selectFrom('taskEvent')
    .select(['at', 'kind', 'actor', 'note', 'fromId', 'toId', 'dueBefore'])
    .where('taskId', '=', taskId)
    .orderBy('id', 'desc')
    .execute()
  return rows as TaskEvent[] // ids are of organisations by their foreign keys
}

export async function outputsOf(db: Db, taskId: Id<'task'>): Promise<TaskOutput[]> {
  const rows = await db
    .selectFrom('taskOutput')
    .select(['id', 'kind', 'title', 'value', 'attachedAt'])
    .where('taskId', '=', taskId)
    .orderBy('attachedAt')
    .execute()
  return rows as TaskOutput[] // kinds and ids as table `task_output` keeps them
}

export async function insertOutput(
  db: Db,
  output: TaskOutput & { readonly taskId: Id<'task'>; readonly attachedBy: Id<'person'> | null },
): Promise<void> {
  await db.insertInto('taskOutput').values(output).execute()
}

/** Deletes it and answers its title, or null when the task has no such output. */
export async function deleteOutput(db: Db, taskId: Id<'task'>, id: Id<'task_output'>): Promise<string | null> {
  const row = await db
    .deleteFrom('taskOutput')
    .where('id', '=', id)
    .where('taskId', '=', taskId)
    .returning('title')
    .executeTakeFirst()
  return row?.title ?? null
}

export async function feedToken(db: Db, personId: Id<'person'>): Promise<string | null> {
  const row = await db.selectFrom('calendarFeed').select('token').where('personId', '=', personId).executeTakeFirst()
  return row?.token ?? null
}

export async function personOfFeed(db: Db, token: string): Promise<Id<'person'> | null> {
  const row = await db.selectFrom('calendarFeed').select('personId').where('token', '=', token).executeTakeFirst()
  return (row?.personId as Id<'person'> | undefined) ?? null
}

export async function insertFeed(db: Db, personId: Id<'person'>, token: string): Promise<void> {
  await db
    .insertInto('calendarFeed')
    .values({ personId, token })
    .onConflict((clash) => clash.column('personId').doUpdateSet({ token }))
    .execute()
}
