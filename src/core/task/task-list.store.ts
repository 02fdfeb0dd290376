import { sql } from 'kysely'
import { fold, type Day, type Db, type Id } from '../kernel/index.ts'
import { asTask, TASK_COLUMNS } from './task.store.ts'
import { OPEN_STATES, type Task, type TaskState } from './task.ts'

export interface TaskFilter {
  /** Tasks of these organisations; all when null. */
  readonly organisations?: readonly Id<'organisation'>[] | null
  /** Tasks that these organisations have set. */
  readonly setBy?: readonly Id<'organisation'>[] | null
  /** Tasks that these organisations have to do or have set. */
  readonly concerning?: readonly Id<'organisation'>[] | null
  /** Tasks of which these organisations were told that they are overdue. */
  readonly escalatedTo?: readonly Id<'organisation'>[] | null
  readonly campaignId?: string | null
  readonly states?: readonly TaskState[] | null
  readonly channel?: string | null
  /** Open tasks whose day is before this one. */
  readonly overdueOn?: Day | null
  readonly dueFrom?: Day | null
  readonly dueBefore?: Day | null
  readonly words?: string | null
}

/** Where a page goes on: after this task in the order of the list. */
export interface TaskKey {
  readonly dueOn: Day | null
  readonly id: string
}

const BY_DUE = sql<string>`coalesce(due_on, 'infinity')`

/** By due day, those without one last; `limit` rows after `after`. */
export async function tasksWhere(db: Db, filter: TaskFilter, after: TaskKey | null, limit: number): Promise<Task[]> {
  let query = filtered(db, filter).select(TASK_COLUMNS).orderBy(BY_DUE).orderBy('id').limit(limit)
  if (after) {
    query = query.where(
      sql<boolean>`(coalesce(due_on, 'infinity'), id) > (coalesce(${after.dueOn}::date, 'infinity'), ${after.id}::uuid)`,
    )
  }
  return (await query.execute()).map(asTask)
}

/** How many tasks each organisation has in each state. */
export async function countTasks(
  db: Db,
  filter: TaskFilter,
): Promise<{ organisationId: Id<'organisation'>; state: TaskState; count: number }[]> {
  const rows = await filtered(db, filter)
    .select(['organisationId', 'state', sql<number>`count(*)::int`.as('count')])
    .groupBy(['organisationId', 'state'])
    .execute()
  return rows as { organisationId: Id<'organisation'>; state: TaskState; count: number }[]
}

/** The first `most` tasks of each organisation or each due day, and how many there are of it in all. */
export async function firstTasksOfEach(
  db: Db,
  filter: TaskFilter,
  of: 'organisationId' | 'dueOn',
  most: number,
): Promise<(Task & { readonly total: number })[]> {
  const group = sql.ref(`task.${of}`)
  const numbered = filtered(db, filter)
    .select(TASK_COLUMNS)
    .select(sql<number>`row_number() over (partition by ${group} order by ${BY_DUE}, id)::int`.as('place'))
    .select(sql<number>`count(*) over (partition by ${group})::int`.as('total'))
  const rows = await db
    .selectFrom(numbered.as('task'))
    .select(TASK_COLUMNS)
    .select('total')
    .where('place', '<=', most)
    .orderBy(BY_DUE)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...asTask(row), total: row.total }))
}

function filtered(db: Db, filter: TaskFilter) {
  const { organisations, setBy, concerning, escalatedTo, campaignId, states } = filter
  const { channel, overdueOn, dueFrom, dueBefore, words } = filter
  let query = db.selectFrom('task')
  if (organisations) query = query.where('organisationId', 'in', orNone(organisations))
  if (setBy) query = query.where('assignedBy', 'in', orNone(setBy))
  if (concerning) {
    const ids = orNone(concerning)
    query = query.where((eb) => eb.or([eb('organisationId', 'in', ids), eb('assignedBy', 'in', ids)]))
  }
  if (escalatedTo) query = query.where('escalatedTo', 'in', orNone(escalatedTo))
  if (campaignId) query = query.where('campaignId', '=', campaignId)
  if (states) query = query.where('state', 'in', states)
  if (channel) query = query.where(sql<boolean>`${channel} = any (channels)`)
  if (overdueOn) query = query.where('dueOn', '<', overdueOn).where('state', 'in', OPEN_STATES)
  if (dueFrom) query = query.where('dueOn', '>=', dueFrom)
  if (dueBefore) query = query.where('dueOn', '<', dueBefore)
  if (words) query = query.where('searchKey', 'like', `%${fold(words).replace(/[\\%_]/g, '\\$&')}%`)
  return query
}

/** `in ()` is no SQL: an empty list finds nothing by an id that nothing has. */
function orNone(ids: readonly Id<'organisation'>[]): readonly string[] {
  return ids.length > 0 ? ids : ['00000000-0000-0000-0000-000000000000']
}
