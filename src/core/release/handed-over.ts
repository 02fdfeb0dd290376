import type { ChannelKey } from '../channel/index.ts'
import type { Ctx } from '../kernel/index.ts'
import type { Content } from '../message/index.ts'
import type { Claimed } from './claim.store.ts'
import type { Release } from './release.ts'

/** A manual row with what is to be said there. */
export interface HandedRow {
  readonly release: Release
  readonly delivery: Claimed
  readonly renditions: Content['renditions']
}
type Follower = (ctx: Ctx, rows: readonly HandedRow[]) => Promise<void>

const followers = new Map<ChannelKey, Follower>()

/** Says what follows, in the same transaction, when rows of a channel are handed to people. */
export function whenHandedOver(channel: ChannelKey, follow: Follower): void {
  followers.set(channel, follow)
}

export async function tellHandedOver(ctx: Ctx, channel: ChannelKey, rows: () => Promise<HandedRow[]>): Promise<void> {
  const follow = followers.get(channel)
  if (follow) await follow(ctx, await rows())
}
