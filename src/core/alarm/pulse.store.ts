import { sql } from 'kysely'
import type { Db } from '../kernel/index.ts'

/** Releases with rows due, by id, and how many rows of each have been begun. */
export type QueueLook = Readonly<Record<string, number>>

export interface Pulse {
  readonly queue: string
  readonly waiting: QueueLook
  readonly movedAt: Date
}

/** What was seen of each queue at the last look. */
export async function pulsesOf(db: Db): Promise<Map<string, Pulse>> {
  const rows = await db.selectFrom('channelPulse').select(['queue', 'waiting', 'movedAt']).execute()
  return new Map(rows.map((row) => [row.queue, { ...row, waiting: row.waiting as QueueLook }])) // as keepPulses wrote it
}

/** Keeps what was seen now in place of what was seen before. */
export async function keepPulses(db: Db, pulses: readonly Pulse[]): Promise<void> {
  await sql`
    with felt as (
      select * from jsonb_to_recordset(${JSON.stringify(
        pulses.map(({ queue, waiting, movedAt }) => ({ queue, waiting, moved_at: movedAt.toISOString() })),
      )}::jsonb) as felt (queue text, waiting jsonb, moved_at timestamptz)
    ), gone as (
      delete from channel_pulse where queue not in (select queue from felt)
    )
    insert into channel_pulse (queue, waiting, moved_at) select queue, waiting, moved_at from felt
    on conflict (queue) do update set waiting = excluded.waiting, moved_at = excluded.moved_at`.execute(db)
}
