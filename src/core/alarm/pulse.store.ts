import { sql } from 'kysely'
import type { Db } from '../kernel/index.ts'

/** How many rows of a queue have been begun until now. */
export interface Pulse {
  readonly queue: string
  readonly started: number
}

/** Notes the pulses and answers since when each queue has not moved. */
export async function feelPulses(db: Db, pulses: readonly Pulse[], now: Date): Promise<Map<string, Date>> {
  if (pulses.length === 0) return new Map()
  const { rows } = await sql<{ queue: string; movedAt: Date }>`
    insert into channel_pulse as felt (queue, started, moved_at)
    select pulse.queue, pulse.started, ${now}::timestamptz
    from unnest(${pulses.map(({ queue }) => queue)}::text[], ${pulses.map(({ started }) => started)}::bigint[]) as pulse (queue, started)
    on conflict (queue) do update set started = excluded.started,
      moved_at = case when felt.started = excluded.started then least(felt.moved_at, excluded.moved_at) else excluded.moved_at end
    returning queue, moved_at as "movedAt"`.execute(db)
  return new Map(rows.map(({ queue, movedAt }) => [queue, movedAt]))
}
