import { asSystem, newId, type Ctx, type Id } from '../kernel/index.ts'
import { BARE_OUTLET_ROW, importOutlets, outletRows, type OutletRow } from '../outlet/index.ts'
import { upsertClusters } from './cluster.store.ts'
import type { Cluster, Network } from './cluster.ts'
import { insertDevices } from './device.store.ts'
import { clusterStations, stationsOfCodes } from './codes.store.ts'
import { hoursOf } from './station-cells.ts'
import { listOf, type StationRow } from './station-table.ts'
import { touchStation, upsertStation } from './station.store.ts'
import type { Carriage, StationFacts, Undecided } from './station.ts'

/** Keeps rows that were found good: stations first, then their clusters, then the devices there. Inside an action. */
export async function keepRows(ctx: Ctx, rows: readonly StationRow[]): Promise<void> {
  const of = (...kinds: string[]) => rows.filter(({ kind }) => kinds.includes(kind))
  const touched = [
    ...(await keepStations(ctx, of('station'))),
    ...(await keepClusters(ctx, of('cluster'))),
    ...(await keepDevices(ctx, of('speaker'))),
  ]
  for (const id of new Set(touched)) await touchStation(ctx.db, id)
}

async function keepStations(ctx: Ctx, rows: readonly StationRow[]): Promise<Id<'outlet'>[]> {
  if (rows.length === 0) return []
  const outlets = new Map((await outletRows(ctx.db)).map((row) => [row.code, row]))
  const before = await stationsOfCodes(ctx.db, codesOf(rows))
  // Whoever may keep a station may keep its outlet: who may was asked of the station.
  await importOutlets(asSystem(ctx, 'station'), {
    rows: rows.map((row) => outletRowOf(row, outlets.get(row.code), before.get(row.code)?.carriage ?? null)),
  })
  const ids = await stationsOfCodes(ctx.db, codesOf(rows))
  const kept: Id<'outlet'>[] = []
  for (const row of rows) {
    const { id } = found(ids.get(row.code), row)
    await upsertStation(ctx.db, id, factsOf(row))
    kept.push(id)
  }
  return kept
}

const codesOf = (rows: readonly StationRow[]) => rows.map(({ code }) => code)

/** What stands of an outlet and not in this table is left; by what means it is reached follows how it is carried. */
function outletRowOf(row: StationRow, standing: OutletRow | undefined, before: Carriage | null): OutletRow {
  const shared = ['code', 'name', 'place', 'organisation', 'languages', 'quiet_from', 'quiet_to'] as const
  const lives = ['alive_from', 'alive_to', 'note'] as const
  const means = row.carriage === 'ip' ? 'machine' : 'manual'
  const stays = standing !== undefined && (before === null || before === row.carriage)
  return {
    ...(standing ?? BARE_OUTLET_ROW),
    kind: 'station',
    channel: 'loudspeaker',
    means: stays ? standing.means : means,
    ...(Object.fromEntries([...shared, ...lives].map((column) => [column, row[column]])) as Pick<
      OutletRow,
      (typeof shared)[number] | (typeof lives)[number]
    >), // columns of both tables
  }
}

function factsOf(row: StationRow): StationFacts {
  return {
    carriage: row.carriage as Carriage, // checked by previewStationRows, and the rest below
    latitude: numberOf(row.latitude),
    longitude: numberOf(row.longitude),
    minutesADay: numberOf(row.minutes_a_day),
    repeatsADay: numberOf(row.repeats_a_day),
    volume: Number(row.volume),
    volumeHours: hoursOf(row.volume_hours) ?? [],
    chime: row.chime === 'yes',
    undecided: row.undecided as Undecided,
  }
}

async function keepClusters(ctx: Ctx, rows: readonly StationRow[]): Promise<Id<'outlet'>[]> {
  if (rows.length === 0) return []
  const ids = await stationsOfCodes(ctx.db, [...new Set(rows.map(({ station }) => station))])
  const clusters = rows.map((row): Cluster => ({
    id: newId<'cluster'>(),
    stationId: found(ids.get(row.station), row).id,
    code: row.code,
    name: row.name,
    village: row.village,
    network: row.carriage as Network,
    latitude: numberOf(row.latitude),
    longitude: numberOf(row.longitude),
    horns: Number(row.horns),
    languages: listOf(row.languages),
    aliveFrom: row.alive_from || null,
    aliveTo: row.alive_to || null,
    note: row.note || null,
  }))
  await upsertClusters(ctx.db, clusters)
  return clusters.map(({ stationId }) => stationId)
}

/** A device that stands is left: nothing of it is amended by a table. */
async function keepDevices(ctx: Ctx, rows: readonly StationRow[]): Promise<Id<'outlet'>[]> {
  if (rows.length === 0) return []
  const clusters = await clusterStations(ctx.db, [...new Set(rows.map(({ cluster }) => cluster))])
  const devices = rows.map((row) => {
    const { clusterId, stationId: outletId } = found(clusters.get(row.cluster), row)
    const { code } = row
    return { id: newId<'device'>(), outletId, clusterId, code, replacesId: null, addedAt: ctx.clock.now() }
  })
  await insertDevices(ctx.db, devices)
  return devices.map(({ outletId }) => outletId)
}

const numberOf = (cell: string) => (cell === '' ? null : Number(cell))

function found<Value>(value: Value | undefined, row: StationRow): Value {
  if (value === undefined) throw new Error(`row ${row.code} was found good without what it refers to`)
  return value
}
