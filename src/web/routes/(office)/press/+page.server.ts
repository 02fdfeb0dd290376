import { newsroomsAfter } from '#core/press/index.ts'
import { withQuery } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const after = url.searchParams.get('after')
  const found = await newsroomsAfter(ctx.db, after, PER_PAGE + 1)
  const newsrooms = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? newsrooms.at(-1) : undefined
  return {
    newsrooms,
    first: after ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: last.code }) : null,
  }
}
