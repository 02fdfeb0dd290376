import { sentenceOf, type Words } from '#app/wording/words.ts'
import { dayAt, Refusal, type Ctx } from '#core/kernel/index.ts'
import { CARRIAGES, HEARINGS, heardSince, type StationFilter } from '#core/station/index.ts'
import { placesNamed } from '#web/forms/named.ts'

/** What an address asks of the stations, with why its place cannot be found where it cannot. */
export async function stationFilterOf(ctx: Ctx, w: Words, { searchParams }: URL) {
  const text = (name: string) => searchParams.get(name)?.trim().slice(0, 200) ?? ''
  const now = ctx.clock.now()
  const place = await placeOf(ctx, w, text('place'))
  const filter: StationFilter = {
    words: text('q'),
    within: place.id,
    carriage: CARRIAGES.find((one) => one === text('carriage')) ?? null,
    hearing: HEARINGS.find((one) => one === text('hearing')) ?? null,
    day: dayAt(now),
    since: heardSince(now),
  }
  return { filter, typed: { q: text('q'), place: text('place') }, noPlace: place.problem }
}

async function placeOf(ctx: Ctx, w: Words, typed: string) {
  try {
    const [id] = await placesNamed(ctx, typed, 'place')
    return { id: id ?? null, problem: null }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return { id: null, problem: sentenceOf(w, thrown) }
  }
}
