import { error } from '@sveltejs/kit'
import { personById } from '#core/identity/index.ts'
import { addDays, dayAt } from '#core/kernel/index.ts'
import { grantsOf, idsBelow } from '#core/organisation/index.ts'
import { icsOf, personOfFeed, tasksWhere } from '#core/task/index.ts'
import type { RequestHandler } from './$types.ts'

/** As many as a calendar program takes without complaint. */
const MOST = 2_000
/** What is longer past leaves the feed, so that it has room for what comes. */
const DAYS_BACK = 90

/** A person's calendar for their own calendar program, which cannot sign in: the secret address stands for them. */
export const GET: RequestHandler = async ({ locals: { ctx, w }, params, url }) => {
  const personId = await personOfFeed(ctx.db, params.token)
  const person = personId && (await personById(ctx.db, personId))
  if (!person || person.state === 'suspended') error(404)
  const now = ctx.clock.now()
  const today = dayAt(now)
  const grants = await grantsOf(ctx.db, person.id, today)
  const organisations = [
    ...(await idsBelow(
      ctx.db,
      grants.map((grant) => grant.organisationId),
    )),
  ]
  const states = ['set', 'accepted', 'returned', 'done'] as const
  const tasks = await tasksWhere(ctx.db, { organisations, states, dueFrom: addDays(today, -DAYS_BACK) }, null, MOST)
  const calendar = icsOf(tasks, { now, origin: url.origin, name: w('tasks_calendar_name') })
  return new Response(calendar, { headers: { 'content-type': 'text/calendar; charset=utf-8' } })
}
