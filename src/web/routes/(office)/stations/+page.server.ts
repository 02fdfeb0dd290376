import { CARRIAGES, HEARINGS, hearingOf, importStations, stationsStanding } from '#core/station/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { layFlat } from '#web/lib/lay-flat.ts'
import { withQuery } from '#web/paths.ts'
import { stationFilterOf } from './station-filter.ts'
import { afterOf, inOrder, STATION_ORDERS } from './station-order.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const { filter, typed, noPlace } = await stationFilterOf(ctx, w, url)
  // One question for the sums, the map and the page: a province has a hundred stations, a country ten thousand.
  const found = noPlace ? [] : await stationsStanding(ctx.db, filter)
  const after = url.searchParams.get('after') ?? ''
  const order = STATION_ORDERS.find((one) => one === url.searchParams.get('order')) ?? 'trouble'
  const rest = inOrder(
    found.map((one) => ({ ...one, hearing: hearingOf(one) })),
    order,
    after,
  )
  const shown = rest.slice(0, PER_PAGE)
  const last = rest.length > PER_PAGE ? shown.at(-1) : undefined
  const sum = (of: 'clusters' | 'heard') =>
    found.reduce((total, one) => total + (one.carriage === 'ip' ? one[of] : 0), 0)
  const hearing = (one: (typeof found)[number]) => hearingOf(one)
  const flat = layFlat(found)
  const refusal = await importStations.whyNot(ctx, { rows: [] })
  return {
    asked: { ...typed, carriage: filter.carriage ?? '', hearing: filter.hearing ?? '', order },
    noPlace,
    narrowed: url.search !== '' && [typed.q, typed.place, filter.carriage, filter.hearing].some(Boolean),
    carriages: CARRIAGES.map((value) => ({ value, name: w(`station_carriage_${value}`) })),
    orders: STATION_ORDERS.map((value) => ({ value, name: w(`stations_order_${value}`) })),
    hearings: HEARINGS.map((value) => ({ value, name: w(`station_hearing_${value}`) })),
    counts: {
      stations: found.length,
      clusters: sum('clusters'),
      heard: sum('heard'),
      silent: found.filter((one) => ['some', 'none'].includes(hearing(one))).length,
    },
    stations: shown,
    map: flat && {
      ...{ width: flat.width, height: flat.height, unknown: flat.unknown },
      points: flat.points.map(({ of, x, y }) => ({ code: of.code, name: of.name, hearing: hearing(of), x, y })),
    },
    at: ctx.clock.now(),
    whyNot: refusal && sentenceOf(w, refusal),
    first: after ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: afterOf(last, order) }) : null,
  }
}
