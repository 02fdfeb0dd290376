import { messageById } from '#core/message/index.ts'
import { arithmeticOf, countsOfAll, releasesWhere } from '#core/release/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 30

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const id = givenId(url.searchParams.get('id'))
  const at = new Date(url.searchParams.get('at') ?? '')
  const before = id && !Number.isNaN(at.getTime()) ? { id, proposedAt: at } : null
  const found = await releasesWhere(ctx.db, null, before, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const counts = await countsOfAll(
    ctx.db,
    shown.map(({ id: releaseId }) => releaseId),
  )
  return {
    releases: await Promise.all(
      shown.map(async (release) => ({
        id: release.id,
        title: (await messageById(ctx.db, release.messageId))?.workingTitle ?? '',
        kind: release.kind,
        state: release.state,
        paused: release.pausedAt !== null,
        stopped: release.cancelledAt !== null,
        proposedAt: release.proposedAt,
        sum: arithmeticOf(counts.get(release.id)!), // asked for just now
      })),
    ),
    first: before ? withQuery(url, { id: null, at: null }) : null,
    next: last ? withQuery(url, { id: last.id, at: last.proposedAt.toISOString() }) : null,
  }
}
