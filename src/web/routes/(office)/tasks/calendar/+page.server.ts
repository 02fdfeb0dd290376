import { addDays, dayAt } from '#core/kernel/index.ts'
import { feedToken, firstTasksOfEach, makeCalendarFeed } from '#core/task/index.ts'
import { act } from '#web/forms/act.ts'
import { paths, withQuery } from '#web/paths.ts'
import { filterOf } from '../task-filter.ts'
import { rowsOf } from '../task-rows.ts'
import { monthOf, nextMonth, previousMonth, weeksOf } from './month.ts'
import type { Actions, PageServerLoad } from './$types.ts'

/** As many as one day shows; the list has them all. */
const MOST = 5

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const today = dayAt(ctx.clock.now())
  const month = monthOf(url.searchParams.get('month'), today)
  const weeks = weeksOf(month)
  const [from, to] = [weeks[0]?.[0] ?? today, weeks.at(-1)?.[6] ?? today]
  const { filter, asked } = await filterOf(ctx, url, { state: 'open', scope: 'both' })
  const due = await firstTasksOfEach(ctx.db, { ...filter, dueFrom: from, dueBefore: addDays(to, 1) }, 'dueOn', MOST)
  const listed = { pathname: paths.tasks, search: url.search }
  const token = ctx.actor.kind === 'person' ? await feedToken(ctx.db, ctx.actor.personId) : null
  return {
    today,
    month,
    weeks,
    tasks: await rowsOf(ctx.db, due),
    more: due
      .filter((task, at) => task.total > MOST && task.dueOn !== due[at + 1]?.dueOn)
      .map(({ dueOn, total }) => ({
        day: dueOn,
        count: total - MOST,
        href: withQuery(listed, { month: null, from: dueOn, to: dueOn, state: asked.state, scope: asked.scope }),
      })),
    previous: withQuery(url, { month: previousMonth(month) }),
    next: withQuery(url, { month: nextMonth(month) }),
    feed: token && `${url.origin}/calendar/${token}.ics`,
  }
}

export const actions: Actions = { default: act(makeCalendarFeed, { input: () => ({}) }) }
