import { sql } from 'kysely'
import { fold, type Day, type Db, type Id } from '../kernel/index.ts'
import type { Task, TaskState } from './task.ts'

const COLUMNS = [
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
  const row = await db.selectFrom('task').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asTask(row) : null
}

/** The task, locked until the transaction ends. */
export async function lockTask(db: Db, id: Id<'task'>): Promise<Task | null> {
  const row = await db.selectFrom('task').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
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
  const rows = await db.selectFrom('task').select(COLUMNS).where('originKey', 'in', keys).execute()
  return rows.map(asTask)
}

export async function childrenOfTask(db: Db, parentId: Id<'task'>): Promise<Task[]> {
  const rows = await db.selectFrom('task').select(COLUMNS).where('parentId', '=', parentId).orderBy('id').execute()
  return rows.map(asTask)
}

export interface TaskFilter {
  /** Tasks of these organisations; all when null. */
  readonly organisations?: readonly Id<'organisation'>[] | null
  /** Tasks that these organisations have set. */
  readonly setBy?: readonly Id<'organisation'>[] | null
  readonly campaignId?: string | null
  readonly states?: readonly TaskState[] | null
  readonly dueBefore?: Day | null
  readonly dueFrom?: Day | null
  readonly words?: string | null
}

/** Where a page goes on: after this task in the order of the list. */
export interface TaskKey {
  readonly dueOn: Day | null
  readonly id: string
}

/** By due day, those without one last; `limit` rows after `after`. */
export async function tasksWhere(db: Db, filter: TaskFilter, after: TaskKey | null, limit: number): Promise<Task[]> {
  let query = db
    .selectFrom('task')
    .select(COLUMNS)
    .orderBy(sql`coalesce(due_on, 'infinity')`)
    .orderBy('id')
    .limit(limit)
  const { organisations, setBy, campaignId, states, dueBefore, dueFrom, words } = filter
  if (organisations) query = query.where('organisationId', 'in', organisations.length > 0 ? organisations : [NO_ID])
  if (setBy) query = query.where('assignedBy', 'in', setBy.length > 0 ? setBy : [NO_ID])
  if (campaignId) query = query.where('campaignId', '=', campaignId)
  if (states) query = query.where('state', 'in', states)
  if (dueBefore) query = query.where('dueOn', '<', dueBefore)
  if (dueFrom) query = query.where('dueOn', '>=', dueFrom)
  if (words) query = query.where('searchKey', 'like', `%${fold(words).replace(/[\\%_]/g, '\\$&')}%`)
  if (after) {
    query = query.where(
      sql<boolean>`(coalesce(due_on, 'infinity'), id) > (coalesce(${after.dueOn}::date, 'infinity'), ${after.id}::uuid)`,
    )
  }
  return (await query.execute()).map(asTask)
}

const NO_ID = '00000000-0000-0000-0000-000000000000'

/** Open tasks that are due on one of these days and were not reminded of today. */
export async function tasksToRemind(db: Db, days: readonly Day[]): Promise<Task[]> {
  const rows = await db
    .selectFrom('task')
    .select(COLUMNS)
    .where('dueOn', 'in', days)
    .where('state', 'in', ['set', 'accepted'])
    .execute()
  return rows.map(asTask)
}

/** Open tasks overdue since before `day` that nobody above was told of. */
export async function tasksToEscalate(db: Db, day: Day, limit: number): Promise<Task[]> {
  const rows = await db
    .selectFrom('task')
    .select(COLUMNS)
    .where('dueOn', '<', day)
    .where('state', 'in', ['set', 'accepted', 'returned'])
    .where('escalatedTo', 'is', null)
    .orderBy('dueOn')
    .limit(limit)
    .execute()
  return rows.map(asTask)
}

export async function insertReminder(db: Db, taskId: Id<'task'>, onDay: Day, daysLeft: number): Promise<void> {
  await db
    .insertInto('taskReminder')
    .values({ taskId, onDay, daysLeft })
    .onConflict((clash) => clash.doNothing())
    .execute()
}

function asTask(row: object): Task {
  return row as Task // the checks of table `task` keep states, roles and ids what they say
}
