import { daysBetween, Refusal, type Day, type Id } from '../kernel/index.ts'

export type TaskState = 'set' | 'accepted' | 'returned' | 'done' | 'withdrawn'

/** What may be done in which state. Overdue is no state: it is asked of the day. */
export const TASK_MAY = {
  accept: ['set'],
  return: ['set', 'accepted'],
  handOver: ['set', 'accepted', 'returned'],
  cascade: ['accepted'],
  attach: ['set', 'accepted'],
  finish: ['accepted'],
  reopen: ['done'],
  amend: ['set', 'accepted', 'returned', 'done'],
  // A task that is done stays in the record of what was done.
  withdraw: ['set', 'accepted', 'returned'],
} satisfies Record<string, readonly TaskState[]>
export type TaskDeed = keyof typeof TASK_MAY

/** What an organisation must do by when; it knows not why it was set: `originKey` is the business of whoever set it. */
export interface Task {
  readonly id: Id<'task'>
  readonly originKind: string
  readonly originId: string | null
  readonly originKey: string
  readonly campaignId: string | null
  readonly clause: string
  readonly title: string
  readonly detail: string
  readonly role: 'lead' | 'coordinate' | 'all'
  readonly mode: 'ordered' | 'asked'
  readonly channels: readonly string[]
  readonly outputs: readonly string[]
  readonly dueOn: Day | null
  /** The words of the document that fix the day. */
  readonly dueWords: string | null
  readonly rhythm: string | null
  readonly organisationId: Id<'organisation'>
  readonly assignedBy: Id<'organisation'>
  readonly parentId: Id<'task'> | null
  readonly state: TaskState
  readonly escalatedTo: Id<'organisation'> | null
  readonly setAt: Date
  readonly revision: number
}

export interface TaskOutput {
  readonly id: Id<'task_output'>
  readonly kind: 'link' | 'file' | 'note'
  readonly title: string
  readonly value: string
  readonly attachedAt: Date
}

export interface TaskEvent {
  readonly at: Date
  readonly kind: string
  readonly actor: string
  readonly note: string
}

export function whyNotTask(task: Pick<Task, 'state'>, deed: TaskDeed): Refusal | null {
  const states: readonly TaskState[] = TASK_MAY[deed]
  return states.includes(task.state) ? null : new Refusal(`task.is_${task.state}`)
}

/** Done only when there is something to show, and when what was given to bodies below is done or withdrawn. */
export function whyNotFinish(
  task: Pick<Task, 'state'>,
  outputs: number,
  children: readonly Pick<Task, 'state'>[],
): Refusal | null {
  const refusal = whyNotTask(task, 'finish')
  if (refusal) return refusal
  const open = children.filter((child) => child.state !== 'done' && child.state !== 'withdrawn').length
  if (open > 0) return new Refusal('task.parts_open', { count: open })
  return outputs === 0 && children.length === 0 ? new Refusal('task.no_output') : null
}

/** Days until it is due, negative when overdue; null when it has no day or nothing is left to do. */
export function daysLeft(task: Pick<Task, 'dueOn' | 'state'>, today: Day): number | null {
  if (task.dueOn === null || task.state === 'done' || task.state === 'withdrawn') return null
  return daysBetween(today, task.dueOn)
}

/** The first words of a duty as the name of its task: to the first clause's end, 110 characters at most. */
export function titleOf(detail: string): string {
  const line = detail.replace(/\s+/g, ' ').trim()
  const end = line.search(/[;:.](?:\s|$)/)
  const first = end > 20 ? line.slice(0, end) : line
  return first.length <= 110 ? first : `${first.slice(0, first.lastIndexOf(' ', 108))} …`
}
