import { languageOf } from '#core/message/index.ts'
import { HEARD_WHATS, heardPlays } from '#core/programme/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths, withQuery } from '#web/paths.ts'
import { scopeOf } from '../scope.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

/** The plays that a number of the page before is made of. */
export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const { scope, of, title, days } = await scopeOf(ctx, url)
  const what = HEARD_WHATS.find((one) => one === url.searchParams.get('what')) ?? 'planned'
  const which = {
    what,
    stationId: givenId<'outlet'>(url.searchParams.get('at')),
    broadcastId: givenId<'broadcast'>(url.searchParams.get('broadcast')),
  }
  const after = givenId<'play'>(url.searchParams.get('after'))
  const found = await heardPlays(ctx.db, scope, which, after, PER_PAGE + 1)
  const plays = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? plays.at(-1) : undefined
  return {
    ...{ title, days, what, back: paths.programmeHeard(of) },
    plays: plays.map((play) => ({ ...play, language: languageOf(play.language).ownName })),
    first: after ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: last.id }) : null,
  }
}
