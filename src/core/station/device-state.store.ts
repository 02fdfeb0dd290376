import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'

/** What a device last said of itself (nhịp báo). */
export interface DeviceHeartbeat {
  readonly deviceId: Id<'device'>
  readonly heardAt: Date
  /** The version of the schedule it holds; 0 for none. */
  readonly scheduleVersion: number
  /** Recordings that lie on it. */
  readonly storedCount: number
  readonly nextPlayAt: Date | null
  readonly volume: number | null
  /** Milliseconds by which its own clock is before ours. */
  readonly clockOffMs: number
  readonly faults: readonly string[]
  readonly agentVersion: string
}

/** Keeps the newest of each device; of an older one nothing is taken. */
export async function keepStates(db: Db, states: readonly DeviceHeartbeat[]): Promise<void> {
  if (states.length === 0) return
  const given = JSON.stringify(
    states.map((one) => ({
      device_id: one.deviceId,
      heard_at: one.heardAt,
      schedule_version: one.scheduleVersion,
      stored_count: one.storedCount,
      next_play_at: one.nextPlayAt,
      volume: one.volume,
      clock_off_ms: Math.round(one.clockOffMs),
      faults: one.faults,
      agent_version: one.agentVersion,
    })),
  )
  await sql`
    insert into device_state as held (device_id, heard_at, schedule_version, stored_count, next_play_at, volume, clock_off_ms, faults, agent_version)
    select said.device_id, said.heard_at, said.schedule_version, said.stored_count, said.next_play_at, said.volume,
      said.clock_off_ms, array(select jsonb_array_elements_text(said.faults)), said.agent_version
    from jsonb_to_recordset(${given}::jsonb) as said (device_id uuid, heard_at timestamptz, schedule_version bigint,
      stored_count integer, next_play_at timestamptz, volume smallint, clock_off_ms bigint, faults jsonb, agent_version text)
    join device on device.id = said.device_id
    on conflict (device_id) do update set heard_at = excluded.heard_at, schedule_version = excluded.schedule_version,
      stored_count = excluded.stored_count, next_play_at = excluded.next_play_at, volume = excluded.volume,
      clock_off_ms = excluded.clock_off_ms, faults = excluded.faults, agent_version = excluded.agent_version
    where held.heard_at <= excluded.heard_at`.execute(db)
}

/** What the devices of a station, or of a board, last said. */
export async function statesOf(db: Db, outletId: Id<'outlet'>): Promise<Map<Id<'device'>, DeviceHeartbeat>> {
  const rows = await db
    .selectFrom('deviceState')
    .innerJoin('device', 'device.id', 'deviceState.deviceId')
    .selectAll('deviceState')
    .where('device.outletId', '=', outletId)
    .execute()
  const states = rows.map((row) => ({
    ...row,
    scheduleVersion: Number(row.scheduleVersion),
    clockOffMs: Number(row.clockOffMs),
  })) as unknown as DeviceHeartbeat[] // ids as they were written
  return new Map(states.map((state) => [state.deviceId, state]))
}
