import type { Db, Id } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import type { Task, TaskState } from '#core/task/index.ts'

/** A task as a list shows it. */
export interface TaskRow {
  readonly id: Id<'task'>
  readonly title: string
  readonly clause: string
  readonly organisation: string
  readonly organisationId: Id<'organisation'>
  readonly dueOn: string | null
  readonly dueWords: string | null
  readonly rhythm: string | null
  readonly state: TaskState
}

/** Tasks with the names of their bodies, by one question for all names. */
export async function rowsOf(db: Db, tasks: readonly Task[]): Promise<TaskRow[]> {
  const ids = [...new Set(tasks.map((task) => task.organisationId))]
  const names = new Map((await organisationsWhere(db, ids)).map((body) => [body.id, body.name]))
  return tasks.map(({ id, title, clause, organisationId, dueOn, dueWords, rhythm, state }) => ({
    id,
    title,
    clause,
    organisationId,
    organisation: names.get(organisationId) ?? '',
    dueOn,
    dueWords,
    rhythm,
    state,
  }))
}
