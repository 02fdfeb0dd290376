import type { Id } from '#core/kernel/index.ts'
import { heardBroadcasts, heardRows, sumOfHeard, type AfterHeard } from '#core/programme/index.ts'
import { languageOf } from '#core/message/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import { scopeOf } from './scope.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const { scope, ...shown } = await scopeOf(ctx, url)
  const after = afterOf(url.searchParams.get('after'))
  const found = await heardRows(ctx.db, scope, after, PER_PAGE + 1)
  const rows = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? rows.at(-1) : undefined
  const broadcasts = await heardBroadcasts(ctx.db, scope)
  const named = <Row extends { readonly language: string }>(row: Row) => ({
    ...row,
    language: row.language && languageOf(row.language).ownName,
  })
  return {
    ...shown,
    ofRelease: 'releaseId' in scope,
    rows: rows.map(named),
    broadcasts: broadcasts.map(named),
    total: sumOfHeard(broadcasts),
    first: after ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: keyOf(last) }) : null,
  }
}

function keyOf({ stationId, releaseId, broadcastId }: AfterHeard): string {
  return [stationId, releaseId, broadcastId ?? ''].join('_')
}

/** `<station>_<release>_<broadcast>`, the last of them empty where there is none. */
function afterOf(text: string | null): AfterHeard | null {
  const [station, release, broadcast] = text?.split('_') ?? []
  const [stationId, releaseId] = [givenId<'outlet'>(station), givenId<'release'>(release)]
  const broadcastId: Id<'broadcast'> | null = givenId(broadcast)
  return stationId && releaseId && { stationId, releaseId, broadcastId }
}
