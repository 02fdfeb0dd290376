/**
 * Task (nhiệm vụ): what an organisation must do by when. It is accepted, given back, handed over or given on to bodies
 * below, and done only when its output exists. It knows not why it was set: whoever sets it keeps that under `originKey`.
 */
import type { Actor, Db } from '../kernel/index.ts'
import { tasksWhere } from './task-list.store.ts'
import type { Task } from './task.ts'

export { attachOutput, removeOutput } from './attach-output.ts'
export { icsOf, makeCalendarFeed } from './calendar.ts'
export { cascadeTask, gather, type Gathered } from './cascade-task.ts'
export { acceptTask, finishTask, handOverTask, reopenTask, returnTask } from './do-task.ts'
export { amendTask, reissueTask, setTasks, waivePart, withdrawTask } from './set-tasks.ts'
export { countTasks, firstTasksOfEach, tasksWhere, type TaskFilter, type TaskKey } from './task-list.store.ts'
export { eventsOf, feedToken, outputsOf, personOfFeed } from './task-record.store.ts'
export { whenTaskEnds } from './task-ended.ts'
export { escalateOverdueTasks, remindTasks } from './task.jobs.ts'
export { childrenOfTask, taskById, tasksByOriginKey, tasksOfOrigin } from './task.store.ts'
export {
  daysLeft,
  OPEN_STATES,
  whyNotFinish,
  whyNotLetGo,
  whyNotReopen,
  whyNotTask,
  type Task,
  type TaskEvent,
  type TaskOutput,
  type TaskState,
} from './task.ts'
export { ownOrganisations, waitingFor } from './waiting-for.ts'

/** Tasks whose words match, for anybody who is signed in. */
export async function searchTasks(db: Db, actor: Actor, words: string, limit: number): Promise<Task[]> {
  return actor.kind === 'nobody' ? [] : tasksWhere(db, { words }, null, limit)
}
