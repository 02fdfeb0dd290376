import { error } from '@sveltejs/kit'
import { personById } from '#core/identity/index.ts'
import { dayAt } from '#core/kernel/index.ts'
import { grantsOf, idsBelow } from '#core/organisation/index.ts'
import { icsOf, personOfFeed, tasksWhere } from '#core/task/index.ts'
import type { RequestHandler } from './$types.ts'

/** As many as a calendar program takes without complaint. */
const MOST = 1_000

/** A person's calendar for their own calendar program, which cannot sign in: the secret address stands for them. */
export const GET: RequestHandler = async ({ locals: { ctx, w }, params, url }) => {
  const personId = await personOfFeed(ctx.db, params.token)
  const person = personId && (await personById(ctx.db, personId))
  if (!person || person.state === 'suspended') error(404)
  const now = ctx.clock.now()
  const grants = await grantsOf(ctx.db, person.id, dayAt(now))
  const organisations = [
    ...(await idsBelow(
      ctx.db,
      grants.map((grant) => grant.organisationId),
    )),
  ]
  const tasks = await tasksWhere(ctx.db, { organisations, states: ['set', 'accepted', 'returned', 'done'] }, null, MOST)
  const calendar = icsOf(tasks, { now, origin: url.origin, name: w('tasks_calendar_name') })
  return new Response(calendar, { headers: { 'content-type': 'text/calendar; charset=utf-8' } })
}
