import { asSystem, type Ctx } from '../kernel/index.ts'
import { approvedContent } from '../review/index.ts'
import { endExpansions, nextExpansion, planRecipients } from './plan.store.ts'
import { releaseById } from './release.store.ts'
import { firstDue } from './release.ts'

/** Subscribers whose rows are written in one transaction: few enough that it is over in a blink. */
const AT_ONCE = 20_000

/**
 * Goes on writing the rows of a list, a piece at a time; nothing of the release leaves before all are written, and a
 * release that is stopped is written no further. Answers how many subscribers were gone through.
 */
export async function expandLists(ctx: Ctx, atOnce = AT_ONCE): Promise<number> {
  const own = asSystem(ctx, 'ledger')
  return own.db.transaction().execute(async (db) => {
    const expansion = await nextExpansion(db)
    if (!expansion) return 0
    const now = own.clock.now()
    const release = await releaseById(db, expansion.releaseId)
    const content = release && (await approvedContent(db, release.messageId, release.contentHash))
    if (!release || !content || release.cancelledAt !== null || !release.undoUntil) {
      await endExpansions(db, expansion.releaseId, null, now)
      return 1
    }
    const gone = await planRecipients(db, release, content.renditions, expansion, firstDue(release), atOnce)
    if (gone < atOnce) await endExpansions(db, release.id, expansion.outletId, now)
    return Math.max(1, gone)
  })
}
