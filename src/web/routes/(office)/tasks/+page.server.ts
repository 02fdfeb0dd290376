import { dayAt, isDay } from '#core/kernel/index.ts'
import { organisationsAsOf } from '#core/organisation/index.ts'
import { CHANNELS } from '#core/plan/index.ts'
import { tasksWhere } from '#core/task/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import { filterOf, SCOPES } from './task-filter.ts'
import { rowsOf } from './task-rows.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const { filter, asked, campaign } = await filterOf(ctx, url)
  const id = givenId<'task'>(url.searchParams.get('id'))
  const due = url.searchParams.get('due') ?? ''
  const after = id ? { dueOn: isDay(due) ? due : null, id } : null
  const found = await tasksWhere(ctx.db, filter, after, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  return {
    today: dayAt(ctx.clock.now()),
    asked,
    campaign,
    channels: CHANNELS,
    scopes: SCOPES,
    bodies: (await organisationsAsOf(ctx.db, null)).map(({ code, name }) => ({ code, name })),
    tasks: await rowsOf(ctx.db, shown),
    first: after ? withQuery(url, { due: null, id: null }) : null,
    next: last ? withQuery(url, { due: last.dueOn ?? '', id: last.id }) : null,
  }
}
