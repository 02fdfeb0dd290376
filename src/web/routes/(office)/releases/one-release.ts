import { Refusal, type Ctx } from '#core/kernel/index.ts'
import { messageById } from '#core/message/index.ts'
import { releaseById, type Release } from '#core/release/index.ts'
import { givenId } from '#web/lib/given-id.ts'

/** The release that an address names. @throws Refusal `release.not_found` */
export async function releaseOf(ctx: Ctx, given: string | undefined): Promise<Release> {
  const id = givenId<'release'>(given)
  const release = id && (await releaseById(ctx.db, id))
  if (!release) throw new Refusal('release.not_found')
  return release
}

/** What the message of a release is called in the office. */
export async function titleOf(ctx: Ctx, { messageId }: Pick<Release, 'messageId'>): Promise<string> {
  return (await messageById(ctx.db, messageId))?.workingTitle ?? ''
}
