import { dayAt, isDay, Refusal } from '#core/kernel/index.ts'
import { organisationsAsOf } from '#core/organisation/index.ts'
import { placeByCode, placeById, placesAsOf, predecessorsOf, successorsOf } from '#core/place/index.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const place = await placeByCode(ctx.db, params.code)
  if (!place) throw new Refusal('place.unknown', { code: params.code })
  const asked = url.searchParams.get('on') ?? ''
  const day = isDay(asked) ? asked : dayAt(ctx.clock.now())
  const bodies = await organisationsAsOf(ctx.db, day)
  return {
    place,
    day,
    parent: place.parentId ? await placeById(ctx.db, place.parentId) : null,
    successors: await successorsOf(ctx.db, place.id),
    predecessors: await predecessorsOf(ctx.db, place.id),
    inside: (await placesAsOf(ctx.db, day)).filter((one) => one.parentId === place.id),
    bodies: bodies.filter((body) => body.placeId === place.id).map(({ code, name }) => ({ code, name })),
  }
}
