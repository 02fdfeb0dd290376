import { dayAt, type Ctx, type Id, type Waiting } from '../kernel/index.ts'
import { DOERS } from './do-task.ts'
import { tasksWhere } from './task.store.ts'
import type { Task } from './task.ts'

/** More than this a page does not show: what is most urgent comes first. */
const MOST = 50

/** The person's own organisations: those in which they hold a role that acts on tasks. */
export function ownOrganisations(ctx: Ctx): Id<'organisation'>[] {
  if (ctx.actor.kind !== 'person') return []
  return [...new Set(ctx.actor.grants.filter(({ role }) => DOERS.includes(role)).map((grant) => grant.organisationId))]
}

/** Tasks to accept, to finish, overdue below, and given back to us. */
export async function waitingFor(ctx: Ctx): Promise<Waiting[]> {
  const own = ownOrganisations(ctx)
  if (own.length === 0) return []
  const today = dayAt(ctx.clock.now())
  const open = await tasksWhere(ctx.db, { organisations: own, states: ['set', 'accepted'] }, null, MOST)
  const returned = await tasksWhere(ctx.db, { setBy: own, states: ['returned'] }, null, MOST)
  const overdue = await tasksWhere(ctx.db, { setBy: own, states: ['set', 'accepted'], dueBefore: today }, null, MOST)
  return [
    ...open.map((task) => waiting(task.state === 'set' ? 'task_waiting_accept' : 'task_waiting_finish', task)),
    ...returned.map((task) => waiting('task_waiting_returned', task)),
    ...overdue.filter((task) => task.escalatedTo !== null).map((task) => waiting('task_waiting_escalated', task)),
  ]
}

function waiting(wording: string, task: Task): Waiting {
  return { wording, facts: { title: task.title }, path: `/tasks/${task.id}`, due: task.dueOn }
}
