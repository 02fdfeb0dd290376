import { dayAt, type Ctx } from '../core/kernel/index.ts'
import { organisationsAsOf, type Organisation } from '../core/organisation/index.ts'
import { placesAsOf } from '../core/place/index.ts'
import { BARE_STATION_ROW, importStations, type Carriage, type StationRow } from '../core/station/index.ts'

/**
 * Of the 99 stations of the province 84 work over IP and 15 by FM or wire; which are which has not been made public, so that
 * here it is made up, as the note of each says.
 */
const BY_HAND = 15
const OVER_FM = 10

/** Of these communes more than one cluster is shown, each with the device it waits for. */
const CLUSTERS: Readonly<Record<string, number>> = { 'DTT-02761': 4, 'DTT-02683': 3, 'DTT-03046': 2 }

const NOTE = 'Bản trình diễn: đường truyền và cụm loa của đài này là giả định.'

/** The stations of the demonstration with a few of their clusters; no device has enrolled yet. */
export async function addDemonstrationStations(ctx: Ctx): Promise<void> {
  const today = dayAt(ctx.clock.now())
  const places = new Map((await placesAsOf(ctx.db, today)).map(({ id, code }) => [id, code]))
  const bodies = (await organisationsAsOf(ctx.db, today))
    .filter(({ kind, level }) => kind === 'station' && level === 'commune')
    .toSorted((one, other) => (one.code < other.code ? -1 : 1))
  const carriages = carriagesOf(bodies)
  const rows = bodies.flatMap((body) => rowsOf(body, places.get(body.placeId) ?? '', carriages.get(body.code) ?? 'ip'))
  await importStations(ctx, { rows })
}

/** Those played by hand lie evenly among the rest, and none among those shown in full. */
function carriagesOf(bodies: readonly Organisation[]): Map<string, Carriage> {
  const others = bodies.filter(({ code }) => !(code in CLUSTERS))
  return new Map(
    Array.from({ length: Math.min(BY_HAND, others.length) }, (_, at) => {
      const { code } = others[Math.floor((at * others.length) / BY_HAND)] as Organisation // within by its bound
      return [code, at < OVER_FM ? 'fm' : 'wired']
    }),
  )
}

function rowsOf({ code, name }: Organisation, place: string, carriage: Carriage): StationRow[] {
  const station = `LOA-${code}`
  const numbers = Array.from({ length: CLUSTERS[code] ?? 1 }, (_, at) => at + 1)
  const clusters = numbers.map((number) => ({
    ...BARE_STATION_ROW,
    kind: 'cluster',
    code: `CUM-${code}-${number}`,
    name: `Cụm loa số ${number}`,
    station,
    carriage: carriage === 'ip' ? '4g' : carriage,
    note: NOTE,
  }))
  const speakers = clusters.map((cluster, at) => ({
    ...BARE_STATION_ROW,
    kind: 'speaker',
    code: `TB-${code}-${at + 1}`,
    cluster: cluster.code,
  }))
  return [
    { ...BARE_STATION_ROW, kind: 'station', code: station, name, place, organisation: code, carriage, note: NOTE },
    ...clusters,
    ...(carriage === 'ip' ? speakers : []),
  ]
}
