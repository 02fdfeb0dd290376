import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import { OPEN_STATES, type Task } from './task.ts'

export const TASK_COLUMNS = [
  'task.id',
  'task.originKind',
  'task.originId',
  'task.originKey',
  'task.campaignId',
  'task.clause',
  'task.title',
  'task.detail',
  'task.role',
  'task.mode',
  'task.channels',
  'task.outputs',
  'task.dueOn',
  'task.dueWords',
  'task.rhythm',
  'task.organisationId',
  'task.assignedBy',
  'task.parentId',
  'task.state',
  'task.escalatedTo',
  'task.setAt',
  'task.revision',
] as const

/** Adds tasks; one whose origin key stands already is left as it is. Answers the ids of the new ones. */
export async function insertTasks(db: Db, tasks: readonly Task[]): Promise<Id<'task'>[]> {
  const added: Id<'task'>[] = []
  for (let at = 0; at < tasks.length; at += 200) {
    const rows = tasks.slice(at, at + 200).map((task) => ({
      ...task,
      channels: [...task.channels],
      outputs: [...task.outputs],
    }))
    const inserted = await db
      .insertInto('task')
      .values(rows)
      .onConflict((clash) => clash.column('originKey').doNothing())
      .returning('id')
      .execute()
    added.push(...inserted.map((row) => row.id as Id<'task'>))
  }
  return added
}

export async function taskById(db: Db, id: Id<'task'>): Promise<Task | null> {
  const row = await db.selectFrom('task').select(TASK_COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asTask(row) : null
}

/** The task, locked until the transaction ends. */
export async function lockTask(db: Db, id: Id<'task'>): Promise<Task | null> {
  const row = await db.selectFrom('task').select(TASK_COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asTask(row) : null
}

export async function updateTask(db: Db, id: Id<'task'>, change: Partial<Omit<Task, 'id'>>): Promise<void> {
  const { channels, outputs, ...rest } = change
  await db
    .updateTable('task')
    .set({
      ...rest,
      ...(channels && { channels: [...channels] }),
      ...(outputs && { outputs: [...outputs] }),
      revision: sql<number>`revision + 1`,
    })
    .where('id', '=', id)
    .execute()
}

export async function tasksByOriginKey(db: Db, keys: readonly string[]): Promise<Task[]> {
  if (keys.length === 0) return []
  const rows = await db.selectFrom('task').select(TASK_COLUMNS).where('originKey', 'in', keys).execute()
  return rows.map(asTask)
}

/** The tasks that came of these: of duties of a plan, say, or of another task. */
export async function tasksOfOrigin(db: Db, originKind: string, originIds: readonly string[]): Promise<Task[]> {
  if (originIds.length === 0) return []
  const rows = await db
    .selectFrom('task')
    .select(TASK_COLUMNS)
    .where('originKind', '=', originKind)
    .where('originId', 'in', originIds)
    .orderBy('id')
    .execute()
  return rows.map(asTask)
}

export async function childrenOfTask(db: Db, parentId: Id<'task'>): Promise<Task[]> {
  const rows = await db.selectFrom('task').select(TASK_COLUMNS).where('parentId', '=', parentId).orderBy('id').execute()
  return rows.map(asTask)
}

/** The parts of all these tasks. */
export async function partsOf(db: Db, wholeIds: readonly Id<'task'>[]): Promise<Task[]> {
  if (wholeIds.length === 0) return []
  const rows = await db.selectFrom('task').select(TASK_COLUMNS).where('parentId', 'in', wholeIds).execute()
  return rows.map(asTask)
}

/** Tasks that a body has still to do and that are due on one of these days. */
export async function tasksToRemind(db: Db, days: readonly Day[]): Promise<Task[]> {
  const rows = await db
    .selectFrom('task')
    .select(TASK_COLUMNS)
    .where('dueOn', 'in', days)
    .where('state', 'in', ['set', 'accepted'])
    .execute()
  return rows.map(asTask)
}

/** Open tasks overdue since before `day` that nobody above was told of. */
export async function tasksToEscalate(db: Db, day: Day, limit: number): Promise<Task[]> {
  const rows = await db
    .selectFrom('task')
    .select(TASK_COLUMNS)
    .where('dueOn', '<', day)
    .where('state', 'in', OPEN_STATES)
    .where('escalatedTo', 'is', null)
    .orderBy('dueOn')
    .limit(limit)
    .execute()
  return rows.map(asTask)
}

/** Answers false when the task was reminded of on that day already. */
export async function insertReminder(db: Db, taskId: Id<'task'>, onDay: Day, daysLeft: number): Promise<boolean> {
  const rows = await db
    .insertInto('taskReminder')
    .values({ taskId, onDay, daysLeft })
    .onConflict((clash) => clash.doNothing())
    .returning('taskId')
    .execute()
  return rows.length > 0
}

/** Which of these tasks were reminded of on `onDay`. */
export async function remindedOn(db: Db, taskIds: readonly Id<'task'>[], onDay: Day): Promise<Set<string>> {
  if (taskIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('taskReminder')
    .select('taskId')
    .where('onDay', '=', onDay)
    .where('taskId', 'in', taskIds)
    .execute()
  return new Set(rows.map((row) => row.taskId))
}

export function asTask(row: object): Task {
  return row as Task // the checks of table `task` keep states, roles and ids what they say
}
