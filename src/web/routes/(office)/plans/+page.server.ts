import { plansBefore } from '#core/plan/index.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 30

export const load: PageServerLoad = async ({ locals, url }) => {
  const at = url.searchParams.get('at')
  const id = url.searchParams.get('id')
  const before = at && id ? { importedAt: new Date(at), id } : null
  const found = await plansBefore(locals.ctx.db, before, PER_PAGE + 1)
  const plans = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? plans.at(-1) : undefined
  return {
    plans,
    newer: before ? url.pathname : null,
    older: last ? `${url.pathname}?at=${last.importedAt.toISOString()}&id=${last.id}` : null,
  }
}
