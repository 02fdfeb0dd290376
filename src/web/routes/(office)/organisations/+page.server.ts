import { dayAt, fold, isDay } from '#core/kernel/index.ts'
import { organisationsAsOf, searchOrganisations } from '#core/organisation/index.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 60

/** Bodies as they stood on a day, page by page in Vietnamese order; or those of a name, of all times. */
export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const today = dayAt(ctx.clock.now())
  const asked = url.searchParams.get('on') ?? ''
  const day = isDay(asked) ? asked : today
  const query = (url.searchParams.get('name') ?? '').normalize('NFC').trim().slice(0, 200)
  if (fold(query).length > 1) {
    return { day, query, today, bodies: await searchOrganisations(ctx.db, query, PER_PAGE), first: null, next: null }
  }
  const after = url.searchParams.get('after') ?? undefined
  const found = await organisationsAsOf(ctx.db, day, { after, limit: PER_PAGE + 1 })
  const bodies = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? bodies.at(-1) : undefined
  return { day, query, today, bodies, first: after ? day : null, next: last ? `${last.name} ${last.code}` : null }
}
