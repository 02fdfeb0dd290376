import { dayAt, type Id } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { countTasks, firstTasksOfEach, type TaskState } from '#core/task/index.ts'
import { paths, withQuery } from '#web/paths.ts'
import { filterOf } from '../task-filter.ts'
import { rowsOf } from '../task-rows.ts'
import type { PageServerLoad } from './$types.ts'

/** Tasks shown of each body; its counts are of all, and the list has them all. */
const SHOWN = 5

/** A board shows what one's bodies do and what they have set, done beside open, unless somebody asked for less. */
export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const { filter, asked } = await filterOf(ctx, url, { state: 'all', scope: 'both' })
  const rows = await rowsOf(ctx.db, await firstTasksOfEach(ctx.db, filter, 'organisationId', SHOWN))
  const shown = Map.groupBy(rows, (task) => task.organisationId)
  const counts = Map.groupBy(await countTasks(ctx.db, filter), (row) => row.organisationId)
  const bodies = await organisationsWhere(ctx.db, [...counts.keys()])
  return {
    today: dayAt(ctx.clock.now()),
    bodies: bodies.map(({ id, code, name }) => ({
      name,
      code,
      tasks: shown.get(id) ?? [],
      all: withQuery(
        { pathname: paths.tasks, search: url.search },
        { organisation: code, alone: '1', state: asked.state },
      ),
      ...countsOf(counts.get(id) ?? []),
    })),
  }
}

interface Count {
  readonly organisationId: Id<'organisation'>
  readonly state: TaskState
  readonly count: number
}

function countsOf(rows: readonly Count[]) {
  const count = (state: TaskState) => rows.find((row) => row.state === state)?.count ?? 0
  return {
    total: rows.reduce((sum, row) => sum + row.count, 0),
    done: count('done'),
    doing: count('accepted'),
    returned: count('returned'),
    waiting: count('set'),
    withdrawn: count('withdrawn'),
  }
}
