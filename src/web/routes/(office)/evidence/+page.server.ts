import { ACTIVITY_STATES, activitiesWhere, GRADES } from '#core/evidence/index.ts'
import { organisationsAsOf } from '#core/organisation/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import { filterOf } from './evidence-filter.ts'
import { rowsOf } from './evidence-rows.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx, language }, url }) => {
  const { filter, asked, catalogue } = await filterOf(ctx, url)
  const id = givenId(url.searchParams.get('id'))
  const at = new Date(url.searchParams.get('at') ?? '')
  const before = id && !Number.isNaN(at.getTime()) ? { id, receivedAt: at } : null
  const found = await activitiesWhere(ctx.db, filter, before, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  return {
    asked,
    narrowed: url.search !== '',
    kinds: catalogue.kinds.map(({ code, name }) => ({ value: code, name })),
    states: ACTIVITY_STATES,
    grades: GRADES,
    bodies: (await organisationsAsOf(ctx.db, null)).map(({ code, name }) => ({ code, name })),
    activities: await rowsOf(ctx.db, language, catalogue, shown),
    first: before ? withQuery(url, { at: null, id: null }) : null,
    next: last ? withQuery(url, { at: last.receivedAt.toISOString(), id: last.id }) : null,
  }
}
