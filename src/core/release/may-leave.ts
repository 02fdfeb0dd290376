import { messageById } from '../message/index.ts'
import type { Ctx } from '../kernel/index.ts'
import { approvalOf, reviewsOf } from '../review/index.ts'
import type { Release } from './release.ts'

/** Whether rows of a release may leave now. A recall always may: it takes back what once was approved. */
export async function mayLeave(ctx: Ctx, release: Release): Promise<boolean> {
  return release.kind === 'recall' || standsApproved(ctx, release)
}

/** Whether the very content of this release is approved now, and the message in use. Asked again before each send. */
export async function standsApproved(ctx: Ctx, release: Pick<Release, 'messageId' | 'contentHash'>): Promise<boolean> {
  const message = await messageById(ctx.db, release.messageId)
  if (!message || message.contentHash !== release.contentHash) return false
  return approvalOf(message, await reviewsOf(ctx.db, message.id)) === 'approved'
}
