import type { Ctx, Refusal } from '#core/kernel/index.ts'
import {
  acceptTask,
  handOverTask,
  reissueTask,
  waivePart,
  whyNotFinish,
  whyNotLetGo,
  whyNotReopen,
  whyNotTask,
  withdrawTask,
  type Task,
} from '#core/task/index.ts'

/** What stands in this person's way of each deed: first who they are, then how the task stands. */
export async function whyNotOf(
  ctx: Ctx,
  task: Task,
  { whole, parts, outputs }: { readonly whole: Task | null; readonly parts: readonly Task[]; readonly outputs: number },
) {
  const which = { taskId: task.id, revision: null, reason: '' }
  const doer = await acceptTask.whyNot(ctx, which)
  const setter = await reissueTask.whyNot(ctx, which)
  const holder = await handOverTask.whyNot(ctx, { ...which, organisationId: task.organisationId })
  const taker = task.parentId ? await waivePart.whyNot(ctx, which) : await withdrawTask.whyNot(ctx, which)
  return {
    accept: doer ?? whyNotTask(task, 'accept'),
    return: doer ?? whyNotLetGo(task, 'return', parts),
    reissue: setter ?? whyNotTask(task, 'reissue'),
    handOver: holder ?? whyNotLetGo(task, 'handOver', parts),
    cascade: doer ?? whyNotTask(task, 'cascade'),
    attach: doer ?? whyNotTask(task, 'attach'),
    finish: doer ?? whyNotFinish(task, outputs, parts),
    reopen: doer ?? whyNotReopen(task, whole),
    withdraw: taker ?? whyNotTask(task, 'withdraw'),
  } satisfies Record<string, Refusal | null>
}

/** The sentences of why not, for a page. */
export type WhyNot = Readonly<Record<keyof Awaited<ReturnType<typeof whyNotOf>>, string | null>>
