import type { Db } from '../kernel/index.ts'
import { writeHours } from './station-cells.ts'
import { BARE_STATION_ROW, type StationRow } from './station-table.ts'
import type { VolumeHour } from './station.ts'

/** Every station, cluster and device there is, as rows of the table; of devices those that are not revoked, and none of a board. */
export async function stationRows(db: Db): Promise<StationRow[]> {
  return [...(await rowsOfStations(db)), ...(await rowsOfClusters(db)), ...(await rowsOfDevices(db))]
}

async function rowsOfStations(db: Db): Promise<StationRow[]> {
  const rows = await db
    .selectFrom('station')
    .innerJoin('outlet', 'outlet.id', 'station.outletId')
    .innerJoin('place', 'place.id', 'outlet.placeId')
    .innerJoin('organisation', 'organisation.id', 'outlet.organisationId')
    .selectAll('station')
    .select(['outlet.code', 'outlet.name', 'outlet.languages', 'outlet.quietFrom', 'outlet.quietTo', 'outlet.note'])
    .select(['outlet.aliveFrom', 'outlet.aliveTo', 'place.code as place', 'organisation.code as organisation'])
    .orderBy('outlet.code')
    .execute()
  return rows.map((row) => ({
    ...BARE_STATION_ROW,
    kind: 'station',
    ...common(row),
    place: row.place,
    organisation: row.organisation,
    carriage: row.carriage,
    minutes_a_day: cell(row.dailyMinutes),
    repeats_a_day: cell(row.dailyRepeats),
    volume: cell(row.volume),
    volume_hours: writeHours(row.volumeHours as unknown as readonly VolumeHour[]), // as the import wrote them
    chime: row.chime ? 'yes' : 'no',
    undecided: row.undecided,
    quiet_from: row.quietFrom?.slice(0, 5) ?? '',
    quiet_to: row.quietTo?.slice(0, 5) ?? '',
  }))
}

async function rowsOfClusters(db: Db): Promise<StationRow[]> {
  const rows = await db
    .selectFrom('cluster')
    .innerJoin('outlet', 'outlet.id', 'cluster.stationId')
    .selectAll('cluster')
    .select('outlet.code as station')
    .orderBy('cluster.code')
    .execute()
  return rows.map((row) => ({
    ...BARE_STATION_ROW,
    kind: 'cluster',
    ...common(row),
    station: row.station,
    village: row.village,
    carriage: row.network,
    horns: cell(row.horns),
  }))
}

async function rowsOfDevices(db: Db): Promise<StationRow[]> {
  const rows = await db
    .selectFrom('device')
    .innerJoin('cluster', 'cluster.id', 'device.clusterId')
    .select(['device.code', 'cluster.code as cluster'])
    .where('device.state', '<>', 'revoked')
    .orderBy('device.code')
    .execute()
  return rows.map((row) => ({ ...BARE_STATION_ROW, kind: 'speaker', ...row }))
}

/** Codes that rows of the table may not take: of outlets that are no stations, of devices that were revoked or are at boards. */
export async function takenCodes(
  db: Db,
): Promise<{ outlets: Set<string>; revoked: Set<string>; atBoards: Set<string> }> {
  const outlets = await db.selectFrom('outlet').select('code').where('kind', '<>', 'station').execute()
  const devices = db.selectFrom('device').select('code')
  const revoked = await devices.where('state', '=', 'revoked').execute()
  const atBoards = await devices.where('boardId', 'is not', null).execute()
  const set = (rows: readonly { readonly code: string }[]) => new Set(rows.map(({ code }) => code))
  return { outlets: set(outlets), revoked: set(revoked), atBoards: set(atBoards) }
}

interface Common {
  readonly code: string
  readonly name: string
  readonly languages: readonly string[]
  readonly latitude: number | null
  readonly longitude: number | null
  readonly aliveFrom: string | null
  readonly aliveTo: string | null
  readonly note: string | null
}

const common = (row: Common) => ({
  code: row.code,
  name: row.name,
  languages: row.languages.join(';'),
  latitude: cell(row.latitude),
  longitude: cell(row.longitude),
  alive_from: row.aliveFrom ?? '',
  alive_to: row.aliveTo ?? '',
  note: row.note ?? '',
})

const cell = (number: number | null) => (number === null ? '' : String(number))
