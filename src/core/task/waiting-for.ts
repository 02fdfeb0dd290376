import { dayAt, type Ctx, type Day, type Id, type Waiting } from '../kernel/index.ts'
import { DOERS } from './change-task.ts'
import { tasksWhere } from './task-list.store.ts'
import { partsOf, remindedOn } from './task.store.ts'
import { isOpen, type Task } from './task.ts'

/** More than this a page does not show: what is most urgent comes first. */
const MOST = 50

/** The person's own organisations: those in which they hold a role that acts on tasks. */
export function ownOrganisations(ctx: Ctx): Id<'organisation'>[] {
  if (ctx.actor.kind !== 'person') return []
  return [...new Set(ctx.actor.grants.filter(({ role }) => DOERS.includes(role)).map((grant) => grant.organisationId))]
}

/** Tasks to accept, to gather, to finish, given back to us, and overdue below us; each once. */
export async function waitingFor(ctx: Ctx): Promise<Waiting[]> {
  const own = ownOrganisations(ctx)
  if (own.length === 0) return []
  const today = dayAt(ctx.clock.now())
  const doing = ['set', 'accepted'] as const
  const open = await tasksWhere(ctx.db, { organisations: own, states: doing }, null, MOST)
  const returned = await tasksWhere(ctx.db, { setBy: own, states: ['returned'] }, null, MOST)
  const told = await tasksWhere(ctx.db, { escalatedTo: own, overdueOn: today }, null, MOST)
  const late = await tasksWhere(ctx.db, { setBy: own, overdueOn: today }, null, MOST)
  const ids = open.map((task) => task.id)
  const reminded = await remindedOn(ctx.db, ids, today)
  const parts = Map.groupBy(await partsOf(ctx.db, ids), (part) => part.parentId)
  const lines = [
    ...open.map((task) => waiting(task, ownWording(task, parts.get(task.id) ?? [], reminded.has(task.id), today))),
    ...returned.map((task) => waiting(task, { wording: 'task_waiting_returned' })),
    ...[...told, ...late.filter((task) => task.escalatedTo !== null)].map((task) =>
      waiting(task, { wording: 'task_waiting_escalated' }),
    ),
  ]
  return [...new Map(lines.toReversed().map((line) => [line.path, line])).values()].toReversed()
}

interface Said {
  readonly wording: string
  readonly facts?: Readonly<Record<string, number>>
}

function waiting(task: Task, { wording, facts }: Said): Waiting {
  return { wording, facts: { title: task.title, ...facts }, path: `/tasks/${task.id}`, due: task.dueOn }
}

/** What the day asks of a task that its body has to do. */
function ownWording(task: Task, parts: readonly Task[], reminded: boolean, today: Day): Said {
  if (task.state === 'set') return { wording: 'task_waiting_accept' }
  if (parts.length > 0) {
    const facts = { all: parts.length, closed: parts.filter((part) => !isOpen(part)).length }
    return { wording: facts.all === facts.closed ? 'task_waiting_gather' : 'task_waiting_parts', facts }
  }
  if (task.dueOn !== null && task.dueOn < today) return { wording: 'task_waiting_overdue' }
  return { wording: reminded ? 'task_waiting_due' : 'task_waiting_finish' }
}
