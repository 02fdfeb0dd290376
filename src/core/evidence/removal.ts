import { addDays, asSystem, dayAt, type Ctx } from '../kernel/index.ts'
import { setTasks, tasksByOriginKey, whyNotTask, withdrawTask } from '../task/index.ts'
import type { Activity } from './activity.ts'
import type { ActivityKind } from './catalogue.ts'

/** The kind of activity that proves that something was taken down. */
export const REMOVAL = 'removal'
/** Origin of the tasks to take down what an activity put up. */
export const REMOVAL_ORIGIN = 'removal'

/**
 * Sets the task to take down what was put up, due when its days are over: a banner hangs fifteen days at most (Law on
 * Advertising 2012, article 27, kept for banners that advertise nothing as good practice).
 */
export async function setRemovalTask(ctx: Ctx, activity: Activity, kind: ActivityKind, words: string): Promise<void> {
  if (kind.staysDays === null) return
  const comesDown = addDays(activity.day, kind.staysDays)
  const today = dayAt(ctx.clock.now())
  await setTasks(asSystem(ctx, 'evidence.send'), {
    tasks: [
      {
        originKind: REMOVAL_ORIGIN,
        originId: activity.id,
        originKey: keyOf(activity),
        campaignId: activity.campaignId,
        detail: [words, activity.spot].filter(Boolean).join(' – '),
        role: 'lead',
        mode: 'ordered',
        channels: [kind.channel],
        // What was sent late is not overdue on arrival.
        dueOn: comesDown < today ? today : comesDown,
        assignedBy: activity.owedTo,
        organisationId: activity.organisationId,
      },
    ],
  })
}

/** Nothing comes down of what was never up. */
export async function dropRemovalTask(ctx: Ctx, activity: Activity, reason: string): Promise<void> {
  for (const task of await tasksByOriginKey(ctx.db, [keyOf(activity)])) {
    if (whyNotTask(task, 'withdraw')) continue
    await withdrawTask(asSystem(ctx, 'evidence.withdraw'), { taskId: task.id, reason })
  }
}

function keyOf({ id }: Pick<Activity, 'id'>): string {
  return `${REMOVAL_ORIGIN}:${id}`
}
