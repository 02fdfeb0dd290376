import { daysBetween, Refusal, type Day, type Id } from '../kernel/index.ts'

export type TaskState = 'set' | 'accepted' | 'returned' | 'done' | 'withdrawn'

/** States in which something is left to do. */
export const OPEN_STATES = ['set', 'accepted', 'returned'] as const satisfies readonly TaskState[]

/** What may be done in which state. Overdue is no state: it is asked of the day. */
export const TASK_MAY = {
  accept: ['set'],
  return: ['set', 'accepted'],
  reissue: ['returned'],
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
  /** Grows with every change: who acts on an older one has not seen the last change. */
  readonly revision: number
}

export interface TaskOutput {
  readonly id: Id<'task_output'>
  readonly kind: 'link' | 'file' | 'note' | 'activity'
  readonly title: string
  /** The address, the SHA-256 of the kept file, the words, or the id of the activity that proves it. */
  readonly value: string
  readonly attachedAt: Date
}

export interface TaskEvent {
  readonly at: Date
  readonly kind: string
  readonly actor: string
  readonly note: string
  /** Handed over: the body that had the task. */
  readonly fromId: Id<'organisation'> | null
  /** Handed over or escalated: the body that has it now, or was told. */
  readonly toId: Id<'organisation'> | null
  /** Issued again: the due day that stood before. */
  readonly dueBefore: Day | null
}

type Standing = Pick<Task, 'state'>

export function isOpen(task: Standing): boolean {
  return (OPEN_STATES as readonly TaskState[]).includes(task.state)
}

export function whyNotTask(task: Standing, deed: TaskDeed): Refusal | null {
  const states: readonly TaskState[] = TASK_MAY[deed]
  return states.includes(task.state) ? null : new Refusal(`task.is_${task.state}`)
}

/** A task is let go, back or to another body, only when no part of it is open below: nobody would gather it. */
export function whyNotLetGo(task: Standing, deed: 'return' | 'handOver', parts: readonly Standing[]): Refusal | null {
  return whyNotTask(task, deed) ?? partsOpen(parts)
}

/** Done only when there is something to show, its own or of a part that is done, and no part is open below. */
export function whyNotFinish(task: Standing, outputs: number, parts: readonly Standing[]): Refusal | null {
  const refusal = whyNotTask(task, 'finish') ?? partsOpen(parts)
  if (refusal) return refusal
  return outputs === 0 && !parts.some((part) => part.state === 'done') ? new Refusal('task.no_output') : null
}

/** A part is not opened again under a whole that was reported done: the whole comes first. */
export function whyNotReopen(task: Standing, whole: Standing | null): Refusal | null {
  const refusal = whyNotTask(task, 'reopen')
  if (refusal) return refusal
  return whole !== null && !isOpen(whole) ? new Refusal('task.whole_closed') : null
}

function partsOpen(parts: readonly Standing[]): Refusal | null {
  const count = parts.filter(isOpen).length
  return count > 0 ? new Refusal('task.parts_open', { count }) : null
}

/** Days until it is due, negative when overdue; null when it has no day or nothing is left to do. */
export function daysLeft(task: Pick<Task, 'dueOn' | 'state'>, today: Day): number | null {
  return task.dueOn === null || !isOpen(task) ? null : daysBetween(today, task.dueOn)
}

/** The first words of a duty as the name of its task: to the first clause's end, 110 characters at most. */
export function titleOf(detail: string): string {
  const line = detail.replace(/\s+/g, ' ').trim()
  const end = line.search(/[;:.](?:\s|$)/)
  const first = end > 20 ? line.slice(0, end) : line
  if (first.length <= 110) return first
  const space = first.lastIndexOf(' ', 108)
  return `${first.slice(0, space > 0 ? space : 108)} …`
}
