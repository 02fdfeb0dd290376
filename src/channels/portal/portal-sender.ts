import type { Ctx } from '../../core/kernel/index.ts'
import { putUp, takeDown } from '../../core/portal/index.ts'
import type { Outcome, Sender, Sending } from '../../core/release/index.ts'

/** Seconds until a row is tried again that the database would not take. */
const AGAIN_AFTER_SECONDS = 5

/** The portal of this very Loa takes an article by having it: done twice it is done once. */
export const portalSender: Sender = {
  channel: 'portal',
  repeatable: true,
  withdraws: true,
  batch: 20,
  async send(ctx, rows) {
    const outcomes: Outcome[] = []
    for (const row of rows) outcomes.push(await outcomeOf(ctx, row))
    return outcomes
  },
}

/** One row that cannot be put up stops none of the others. */
async function outcomeOf(ctx: Ctx, row: Sending): Promise<Outcome> {
  try {
    return row.kind === 'recall' ? await takeBack(ctx, row) : await put(ctx, row)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.slice(0, 500) : 'thrown'
    return { kind: 'postponed', until: new Date(ctx.clock.now().getTime() + AGAIN_AFTER_SECONDS * 1_000), reason }
  }
}

async function put(ctx: Ctx, row: Sending): Promise<Outcome> {
  const { renditions } = row
  if (renditions.length === 0 || renditions.some(({ fields }) => !fields['title']))
    return { kind: 'refused', reason: 'nothing_to_say' }
  const put = await putUp(ctx, row)
  return put.kind === 'up'
    ? { kind: 'delivered', ref: `/cong/${put.ids[0] ?? ''}` }
    : { kind: 'refused', reason: put.kind }
}

async function takeBack(ctx: Ctx, { releaseId }: Sending): Promise<Outcome> {
  await takeDown(ctx, releaseId)
  return { kind: 'delivered' }
}
