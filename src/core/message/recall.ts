import * as v from 'valibot'
import { addDays, asSystem, dayAt, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { setTasks, tasksByOriginKey } from '../task/index.ts'
import { handoversToRecall, setRecalled, type Handover } from './handover.store.ts'
import type { Message } from './message.ts'

/** What the bodies that have a message are told, as their task; needed where there are any. */
export const RecallWords = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(4_000)), '')

type Follower = (ctx: Ctx, message: Message, words: string) => Promise<number>
const followers: Follower[] = []

/** Says what else follows, in the same transaction, when a message is taken out of use; answers how many places it reached. */
export function whenMessageWithdrawn(follow: Follower): void {
  followers.push(follow)
}

/** Days a body has to take something down. */
const DAYS_TO_RECALL = 1

/**
 * Has a message taken down wherever it is: each body that was given it by hand is set a task in these words, and what
 * else holds it is told by who follows. Answers how many. Run again, it tells none twice.
 *
 * @throws Refusal `input.required` where bodies have it and nothing is said to them
 */
export async function recallEverywhere(ctx: Ctx, message: Message, words: string): Promise<number> {
  let reached = 0
  for (const follow of followers) reached += await follow(ctx, message, words)
  const given = await handoversToRecall(ctx.db, message.id)
  if (reached + given.length > 0 && words.trim() === '') throw new Refusal('input.required', {}, 'recall')
  return given.length === 0 ? reached : reached + (await recallHandovers(ctx, message, given, words))
}

async function recallHandovers(ctx: Ctx, message: Message, given: readonly Handover[], words: string): Promise<number> {
  const byBody = Map.groupBy(given, ({ organisationId }) => organisationId)
  const keyOf = (body: Id<'organisation'>) => `recall:${message.id}:${byBody.get(body)?.[0]?.id ?? ''}`
  // Who takes a message back need not be one who sets tasks otherwise: the recall is the system's.
  await setTasks(asSystem(ctx, 'message.recall'), {
    tasks: [...byBody].map(([organisationId, handovers]) => ({
      originKind: 'recall',
      originId: message.id,
      originKey: keyOf(organisationId),
      campaignId: message.campaignId,
      detail: words,
      role: 'lead' as const,
      mode: 'ordered' as const,
      channels: [...new Set(handovers.map(({ channel }) => channel))],
      dueOn: addDays(dayAt(ctx.clock.now()), DAYS_TO_RECALL),
      assignedBy: message.organisationId,
      organisationId,
    })),
  })
  const tasks = await tasksByOriginKey(ctx.db, [...byBody.keys()].map(keyOf))
  for (const [body, handovers] of byBody) {
    const task = tasks.find(({ originKey }) => originKey === keyOf(body))
    if (!task) throw new Error(`No task stands to recall message ${message.id} from ${body}`)
    await setRecalled(
      ctx.db,
      handovers.map(({ id }) => id),
      task.id,
    )
  }
  return byBody.size
}
