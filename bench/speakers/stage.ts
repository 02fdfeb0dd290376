/** A province of stations with enrolled devices, in an embedded database of its own. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openLoa } from '../../src/app/loa.ts'
import { loadReference } from '../../src/app/reference.ts'
import { asSystem, newId, type Ctx } from '../../src/core/kernel/index.ts'
import { hashBrokerPassword, speakerKeys } from '../../src/core/station/index.ts'
import { holdDatabase, migrate } from '../../src/platform/database/index.ts'
import type { BenchDevice, BenchDevices } from './devices-process.ts'

export interface SpeakerStage {
  readonly databaseUrl: string
  readonly folder: string
  readonly ctx: Ctx
  readonly stations: readonly string[]
  /** Files with some of the devices each, for the processes that play them. */
  readonly files: readonly string[]
  /** Counts the schedules of all stations on, in one transaction; answers when it was committed. */
  touchAll(): Promise<number>
  /** How many devices have said that they hold the schedule of now. */
  acknowledged(): Promise<number>
  close(): Promise<void>
}

export async function openSpeakerStage(count: number, processes: number): Promise<SpeakerStage> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-bench-'))
  const database = await holdDatabase({ databaseUrl: null, dataFolder: folder, allowNamespaces: true })
  await migrate(database.url, join(import.meta.dirname, '../../migrations'))
  const loa = await openLoa({ databaseUrl: database.url, folder })
  const ctx = asSystem(loa.contextOf({ kind: 'nobody' }), 'bench')
  await loadReference(ctx)
  const stations = await addStations(ctx)
  const devices = Array.from({ length: count }, (_, at) =>
    device(stations[at % stations.length] ?? '', at % ONE_WHOLE_IN < processes),
  )
  await addDevices(ctx, devices)
  const { trusted: keys } = await speakerKeys(ctx)
  const files = await Promise.all(
    Array.from({ length: processes }, async (_, part) => {
      const file = join(folder, `devices-${part}.json`)
      const own: BenchDevices = { devices: devices.filter((_one, at) => at % processes === part), keys }
      await writeFile(file, JSON.stringify(own))
      return file
    }),
  )
  return {
    ...{ databaseUrl: database.url, folder, ctx, stations, files },
    async touchAll() {
      await sql`with touched as (update station set schedule_version = schedule_version + 1)
        select pg_notify('loa_stations', '')`.execute(ctx.db)
      return Date.now()
    },
    async acknowledged() {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from device_state said
        join device on device.id = said.device_id join station on station.outlet_id = device.station_id
        where said.schedule_version >= station.schedule_version`.execute(ctx.db)
      return rows[0]?.count ?? 0
    },
    async close() {
      await loa.close()
      await database.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** One in each commune of today. */
async function addStations(ctx: Ctx): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    with added as (
      insert into outlet (id, code, name, kind, channel, means, place_id, organisation_id)
      select gen_random_uuid(), 'LOA-' || place.code, place.name, 'station', 'loudspeaker', 'machine', place.id,
        (select id from organisation where code = 'UBND-LC-2025')
      from place where level = 'commune' and alive_to is null returning id, code
    ), stations as (insert into station (outlet_id, carriage) select id, 'ip' from added)
    select code from added order by code`.execute(ctx.db)
  return rows.map(({ code }) => code)
}

/** One of so many, in each process, is a whole agent. */
const ONE_WHOLE_IN = 100

function device(station: string, whole: boolean): BenchDevice & { readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    id: newId(),
    station,
    whole,
    password: Buffer.from(newId()).toString('base64url'),
    key: String(privateKey.export({ format: 'pem', type: 'pkcs8' })),
    publicKey: Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url').toString('hex'),
  }
}

async function addDevices(ctx: Ctx, devices: readonly ReturnType<typeof device>[]): Promise<void> {
  const rows = devices.map(({ id, station, password, publicKey }) => {
    return { id, station, key: publicKey, hash: hashBrokerPassword(password) }
  })
  await sql`insert into cluster (id, station_id, code, name, network)
    select given.id, outlet.id, given.id::text, 'Cụm loa', '4g'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, station text)
    join outlet on outlet.code = given.station`.execute(ctx.db)
  await sql`insert into device (id, station_id, cluster_id, code, state, public_key, password_hash, added_at, enrolled_at)
    select given.id, outlet.id, given.id, given.id::text, 'enrolled', decode(given.key, 'hex'), given.hash, now(), now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, station text, key text, hash text)
    join outlet on outlet.code = given.station`.execute(ctx.db)
}
