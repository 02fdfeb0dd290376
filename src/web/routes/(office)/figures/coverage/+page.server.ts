import { sentenceOf } from '#app/wording/words.ts'
import { COVERED_BY, coverageOf } from '#core/figure/index.ts'
import { dayAt, type Ctx, type Id } from '#core/kernel/index.ts'
import { messagesWhere } from '#core/message/index.ts'
import { placeById } from '#core/place/index.ts'
import { setTasks } from '#core/task/index.ts'
import { act } from '#web/forms/act.ts'
import { numberWords } from '#web/lib/number-words.ts'
import { paths, withQuery } from '#web/paths.ts'
import { approvalsOf } from '../../messages/approvals.ts'
import { coverageOfUrl } from './coverage-of-url.ts'
import { gapTasksOf, setterOf } from './gap-tasks.ts'
import { pointsOf } from './points.ts'
import type { Actions, PageServerLoad } from './$types.ts'

/** Of the newest messages, so many that are approved are offered to fill a gap. */
const MESSAGES_SEEN = 50
const MESSAGES_OFFERED = 5
/** A province stands on one page; a country does not. */
const PER_PAGE = 150

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const { question, known, nameOf } = await coverageOfUrl(ctx, w, url)
  const { keys, rows, above } = await coverageOf(ctx.db, question)
  const gap = url.searchParams.get('gap')
  const begin = Math.max(
    0,
    rows.findIndex(({ code }) => code === url.searchParams.get('from_code')),
  )
  const following = rows[begin + PER_PAGE]
  const only = url.searchParams.get('at')
  const lacking = gap === null ? [] : rows.filter(({ code, gaps }) => gaps.includes(gap) && (!only || code === only))
  const setter = setterOf(ctx)
  const taskRefusal = await setTasks.whyNot(ctx, { tasks: setter ? [{ assignedBy: setter }] : [] } as never) // who may depends on the setter alone
  const place = question.place ? await placeById(ctx.db, question.place as Id<'place'>) : null
  return {
    asked: { ...question, place: place?.code ?? 'all' },
    campaigns: [{ value: '', name: w('web_all') }, ...known.map(({ id, name }) => ({ value: id, name }))],
    ways: COVERED_BY.map((value) => ({ value, name: w(`figure_by_${value}`) })),
    columns: keys
      .map((key) => ({ key, name: nameOf(key), lacking: rows.filter(({ gaps }) => gaps.includes(key)).length }))
      .toSorted((one, other) => other.lacking - one.lacking || one.name.localeCompare(other.name, 'vi')),
    count: rows.length,
    lacking: rows.filter(({ gaps }) => gaps.length > 0).length,
    first: begin > 0 ? withQuery(url, { from_code: null }) : null,
    next: following ? withQuery(url, { from_code: following.code }) : null,
    rows: rows.slice(begin, begin + PER_PAGE).map(({ code, name, cells, gaps }) => ({
      code,
      name,
      gaps,
      cells: Object.fromEntries([...cells].map(([key, { times, lastDay }]) => [key, { times, lastDay }])),
    })),
    points: pointsOf(rows, gap),
    above: above.map(({ key, times }) => ({ name: nameOf(key), times: numberWords(times, w.language) })),
    gap:
      gap === null
        ? null
        : {
            key: gap,
            name: nameOf(gap),
            codes: lacking.map(({ code }) => code),
            names: lacking.map(({ name }) => name),
          },
    messages: gap === null ? [] : await approvedMessages(ctx),
    today: dayAt(ctx.clock.now()),
    whyNotTask: taskRefusal && sentenceOf(w, taskRefusal),
  }
}

async function approvedMessages(ctx: Ctx) {
  const newest = await messagesWhere(ctx.db, {}, null, MESSAGES_SEEN)
  const approvals = await approvalsOf(ctx, newest)
  return newest
    .filter(({ id }) => approvals.get(id) === 'approved')
    .slice(0, MESSAGES_OFFERED)
    .map(({ id, workingTitle }) => ({ id, title: workingTitle }))
}

export const actions: Actions = {
  tasks: act(setTasks, {
    input: (data, { locals: { ctx, w }, url }) => gapTasksOf(ctx, w, url, data),
    then: (ids) => `${paths.tasks}?done=figure_tasks_set_${ids.length > 0 ? 'now' : 'before'}`,
  }),
}
