import { dayAt, isDay, Refusal, type Ctx, type Day } from '#core/kernel/index.ts'
import { stationOf, type Station } from '#core/station/index.ts'
import { givenId } from '#web/lib/given-id.ts'

/** The station that an address names. @throws Refusal `station.not_found` */
export async function stationAt(ctx: Ctx, given: string | undefined): Promise<Station> {
  const id = givenId<'outlet'>(given ?? '')
  const station = id && (await stationOf(ctx.db, id))
  if (!station) throw new Refusal('station.not_found')
  return station
}

/** The day that an address names, else today. */
export function dayAsked(ctx: Ctx, url: URL): Day {
  const asked = url.searchParams.get('day') ?? ''
  return isDay(asked) ? asked : dayAt(ctx.clock.now())
}
