import type { Ctx } from '../../core/kernel/index.ts'
import { putUp, takeDown } from '../../core/portal/index.ts'
import { oneByOne, type Outcome, type Sender, type Sending } from '../../core/release/index.ts'

/** The portal of this very Loa takes an article by having it: done twice it is done once. */
export const portalSender: Sender = {
  channel: 'portal',
  repeatable: true,
  withdraws: true,
  batch: 20,
  send: oneByOne((ctx, row) => (row.kind === 'recall' ? takeBack(ctx, row) : put(ctx, row))),
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
