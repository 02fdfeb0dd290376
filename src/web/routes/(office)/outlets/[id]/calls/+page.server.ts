import { Refusal } from '#core/kernel/index.ts'
import { outletById } from '#core/outlet/index.ts'
import { attemptsAt } from '#core/webhook/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const id = givenId<'outlet'>(params.id)
  const outlet = id && (await outletById(ctx.db, id))
  if (outlet?.channel !== 'webhook') throw new Refusal('outlet.not_found')
  const asked = url.searchParams.get('before') ?? ''
  const before = /^\d{1,15}$/.test(asked) ? Number(asked) : null
  const found = await attemptsAt(ctx.db, outlet.id, before, PER_PAGE + 1)
  const attempts = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? attempts.at(-1) : undefined
  return {
    outlet: { id: outlet.id as string, name: outlet.name },
    attempts,
    first: before === null ? null : withQuery(url, { before: null }),
    next: last ? withQuery(url, { before: String(last.id) }) : null,
  }
}
