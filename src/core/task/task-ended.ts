import type { Ctx } from '../kernel/index.ts'
import type { Task } from './task.ts'

/** Where a task stands now: done, taken back, or open again. */
export type Ended = 'done' | 'withdrawn' | 'reopened'
type Follower = (ctx: Ctx, task: Task, ended: Ended) => Promise<void>

const followers = new Map<string, Follower>()

/** Says what follows, in the same transaction, when tasks of one origin end: a task knows not why it was set. */
export function whenTaskEnds(originKind: string, follow: Follower): void {
  followers.set(originKind, follow)
}

export async function tellTaskEnded(ctx: Ctx, task: Task, ended: Ended): Promise<void> {
  await followers.get(task.originKind)?.(ctx, task, ended)
}
