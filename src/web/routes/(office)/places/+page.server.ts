import { dayAt, isDay } from '#core/kernel/index.ts'
import { placesAsOf } from '#core/place/index.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const asked = url.searchParams.get('on') ?? ''
  const day = isDay(asked) ? asked : dayAt(ctx.clock.now())
  const places = await placesAsOf(ctx.db, day)
  return { day, places: places.map(({ id, code, name, kind, parentId }) => ({ id, code, name, kind, parentId })) }
}
