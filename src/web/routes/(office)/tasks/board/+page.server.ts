import { dayAt } from '#core/kernel/index.ts'
import { tasksWhere } from '#core/task/index.ts'
import { filterOf } from '../task-filter.ts'
import { rowsOf, type TaskRow } from '../task-rows.ts'
import type { PageServerLoad } from './$types.ts'

/** As many as a board can still be read with; the list has all. */
const MOST = 300

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const tasks = await tasksWhere(ctx.db, await filterOf(ctx, withAll(url)), null, MOST)
  const byBody = Map.groupBy(await rowsOf(ctx.db, tasks), (task) => task.organisation)
  return {
    today: dayAt(ctx.clock.now()),
    bodies: [...byBody].map(([name, own]) => ({ name, tasks: own, ...countsOf(own) })),
  }
}

/** A board shows what is done beside what is open, unless somebody asked for less. */
function withAll(url: URL): URL {
  const all = new URL(url)
  if (!all.searchParams.has('state')) all.searchParams.set('state', 'all')
  return all
}

function countsOf(tasks: readonly TaskRow[]) {
  const count = (...states: string[]) => tasks.filter((task) => states.includes(task.state)).length
  return { done: count('done'), returned: count('returned'), doing: count('accepted'), waiting: count('set') }
}
