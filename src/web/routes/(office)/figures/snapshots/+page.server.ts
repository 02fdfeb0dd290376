import { snapshots } from '#core/figure/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths, withQuery } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const id = givenId(url.searchParams.get('id'))
  const takenAt = new Date(url.searchParams.get('at') ?? '')
  const before = id && !Number.isNaN(takenAt.getTime()) ? { id, takenAt } : null
  const found = await snapshots(ctx.db, before, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const bodies = await organisationsWhere(ctx.db, [...new Set(shown.map(({ organisationId }) => organisationId))])
  return {
    snapshots: shown.map((one) => ({
      key: one.id,
      href: paths.snapshot(one.id),
      name: one.name,
      asOf: one.asOf,
      organisation: bodies.find((body) => body.id === one.organisationId)?.name ?? '',
    })),
    first: before ? withQuery(url, { at: null, id: null }) : null,
    next: last ? withQuery(url, { at: last.takenAt.toISOString(), id: last.id }) : null,
  }
}
