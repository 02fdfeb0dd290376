import { proofsOf, type Activity } from '#core/evidence/index.ts'
import type { Ctx } from '#core/kernel/index.ts'
import { mediaById } from '#core/media/index.ts'

/** What proves an activity, as its page shows it: pictures once their sizes are made. */
export async function shownProofs(ctx: Ctx, activity: Activity) {
  const shown = []
  for (const { id, kind, mediaId, value, doubtful } of await proofsOf(ctx.db, activity.id)) {
    const media = mediaId && (await mediaById(ctx.db, mediaId))
    shown.push({
      id,
      kind,
      value,
      doubtful,
      mediaId,
      state: media ? media.state : ('ready' as const),
      title: media ? media.fileName : value,
      inLibrary: media ? media.shelf === 'library' : false,
    })
  }
  return shown
}
