import type { ChannelKey } from '../core/channel/index.ts'
import type { Clock, Id } from '../core/kernel/index.ts'
import { editMessage, messageById } from '../core/message/index.ts'
import { outletsWhere, type OutletRow } from '../core/outlet/index.ts'
import { correctRelease, pressRelease, proposeRelease, workLedger } from '../core/release/index.ts'
import { decideReview, submitMessage } from '../core/review/index.ts'
import { approvedNotice, openReleaseStage, outletRow } from './release.build.ts'

/** A newsroom that a machine serves, of the newspaper of the province. */
export function newsroom(given: Partial<OutletRow> & Pick<OutletRow, 'code'>): OutletRow {
  const where = { place: 'LC-2025', organisation: 'UBND-LC-2025' }
  return outletRow({ kind: 'newsroom', channel: 'press', means: 'machine', ...where, ...given })
}

/** A province with these outlets, in which notices for one channel are written, approved, released and followed. */
export async function openFollowStage(
  clock: Clock & { set(at: string): void },
  outlets: readonly OutletRow[],
  channels: readonly ChannelKey[],
) {
  const stage = await openReleaseStage(clock, outlets)
  const { ctx, writer, leader } = stage
  const found = await outletsWhere(ctx.db, { day: '2026-11-24' }, null, 100)
  const idOf = (code: string) => found.find((one) => one.code === code)!.id
  const organisationId = stage.bodyOf('SVHTTDL-LC-2025')
  const approved = () => approvedNotice(writer, leader, organisationId, channels)

  /** Lets the minute pass in which it may be undone, and works until nothing moves. */
  async function work(): Promise<void> {
    clock.set(new Date(clock.now().getTime() + 61_000).toISOString())
    while ((await workLedger(ctx)) > 0);
  }

  async function release(messageId: Id<'message'>): Promise<Id<'release'>> {
    const wish = { messageId, channels: [...channels], startsAt: clock.now(), words: 'Đăng' }
    const releaseId = await proposeRelease(writer, wish)
    await pressRelease(leader, { releaseId })
    await work()
    return releaseId
  }

  /** Writes it anew and has it approved. */
  async function rewrite(messageId: Id<'message'>, body: string): Promise<void> {
    const { currentVersion, kind, workingTitle } = (await messageById(ctx.db, messageId))!
    const words = { title: 'Cảnh giác', lead: '', body, callToAction: 'Hãy gọi {{111}}.' }
    await editMessage(writer, { messageId, kind, workingTitle, ...words, basedOn: currentVersion })
    await submitMessage(writer, { messageId })
    const { contentHash } = (await messageById(ctx.db, messageId))!
    await decideReview(leader, { messageId, step: 'lead', verdict: 'approve', contentHash })
  }

  async function follow(releaseId: Id<'release'>, messageId: Id<'message'>): Promise<Id<'release'>> {
    const id = await correctRelease(writer, { releaseId, messageId, words: 'Thay bản cũ' })
    await pressRelease(leader, { releaseId: id })
    await work()
    return id
  }

  return { ...stage, idOf, approved, work, release, rewrite, follow }
}

export type FollowStage = Awaited<ReturnType<typeof openFollowStage>>
