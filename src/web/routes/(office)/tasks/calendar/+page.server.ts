import { addDays, dayAt } from '#core/kernel/index.ts'
import { feedToken, makeCalendarFeed, tasksWhere } from '#core/task/index.ts'
import { act } from '#web/forms/act.ts'
import { withQuery } from '#web/paths.ts'
import { filterOf } from '../task-filter.ts'
import { rowsOf } from '../task-rows.ts'
import { monthOf, nextMonth, previousMonth, weeksOf } from './month.ts'
import type { Actions, PageServerLoad } from './$types.ts'

/** As many as one month shows. */
const MOST = 500

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const today = dayAt(ctx.clock.now())
  const month = monthOf(url.searchParams.get('month'), today)
  const weeks = weeksOf(month)
  const [from, to] = [weeks[0]?.[0] ?? today, weeks.at(-1)?.[6] ?? today]
  const filter = { ...(await filterOf(ctx, url)), dueFrom: from, dueBefore: addDays(to, 1) }
  const token = ctx.actor.kind === 'person' ? await feedToken(ctx.db, ctx.actor.personId) : null
  return {
    today,
    month,
    weeks,
    tasks: await rowsOf(ctx.db, await tasksWhere(ctx.db, filter, null, MOST)),
    previous: withQuery(url, { month: previousMonth(month) }),
    next: withQuery(url, { month: nextMonth(month) }),
    feed: token && `${url.origin}/calendar/${token}.ics`,
  }
}

export const actions: Actions = { default: act(makeCalendarFeed, { input: () => ({}) }) }
