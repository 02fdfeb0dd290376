import { writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db, Id } from '../../src/core/kernel/index.ts'
import { resolveUnknown } from '../../src/core/release/index.ts'
import { acceptTask, attachOutput, finishTask, taskById } from '../../src/core/task/index.ts'
import { nextMoment } from '../ledger-rows.ts'
import type { Office } from './office.ts'

const LOOKS_EVERY_MS = 150
/** Looks without any work in sight, one after the other, after which nothing comes any more. */
const QUIET_LOOKS = 12

/** All that the end of a run needs. */
export interface Ending {
  readonly office: Office
  readonly clockFile: string
  readonly arrived: (deliveryId: string) => boolean
  readonly offsetMs: number
}

/**
 * Waits until every row has come to its end, now that nothing is killed any more. While nothing is in hand and nothing is
 * due, the clock of all is set on to what comes next: hours of leases, questions and receipts pass in seconds. Gives up when
 * nothing has happened in the ledger for so long; a slow machine is waited for as long as it gets on.
 */
export async function finish({ office, clockFile, arrived, offsetMs }: Ending, restingMs: number): Promise<void> {
  const { db } = office.writer
  let offset = offsetMs
  let quiet = 0
  let events = ''
  let until = Date.now() + restingMs
  while (quiet < QUIET_LOOKS && Date.now() < until) {
    await wait(LOOKS_EVERY_MS)
    const latest = await lastEvent(db)
    if (latest !== events) until = Date.now() + restingMs
    events = latest
    await resumeAll(db)
    const did = (await doTasks(office)) + (await lookIntoUnknown(office, arrived))
    const now = new Date(Date.now() + offset)
    quiet = did > 0 || (await inHand(db, now)) ? 0 : quiet + 1
    if (quiet < QUIET_LOOKS / 2) continue
    const next = await nextMoment(db, await allReleases(db), now)
    if (!next) continue
    offset += next.getTime() - now.getTime() + 1_000
    await writeFile(clockFile, String(offset))
    quiet = 0
  }
}

async function lastEvent(db: Db): Promise<string> {
  const { rows } = await sql<{ last: string }>`
    select concat(max(id), ' ', (select sum(n) from release_count where state not in ('planned', 'due', 'claimed'))) as last
    from delivery_event`.execute(db)
  return rows[0]?.last ?? ''
}

/** Whether a worker holds rows, or could take some, or ask, or write out a list. */
async function inHand(db: Db, now: Date): Promise<boolean> {
  const { rows } = await sql<{ busy: boolean }>`
    select exists (select 1 from delivery where state = 'claimed' and lease_until > ${now}::timestamptz)
      or exists (select 1 from delivery where state in ('planned', 'due') and due_at <= ${now}::timestamptz)
      or exists (select 1 from delivery where state = 'unknown' and ask_at <= ${now}::timestamptz)
      or exists (select 1 from receipt where matched_at is null and noted_at > ${now}::timestamptz - interval '3 seconds')
      or exists (select 1 from release_expansion where done_at is null) as busy`.execute(db)
  return rows[0]?.busy ?? false
}

export async function allReleases(db: Db): Promise<Id<'release'>[]> {
  const rows = await db.selectFrom('release').select('id').execute()
  return rows.map(({ id }) => id as Id<'release'>) // as the ledger wrote them
}

/** What was left paused is taken up again: a person would. */
async function resumeAll(db: Db): Promise<void> {
  await db.updateTable('release').set({ pausedAt: null }).where('pausedAt', 'is not', null).execute()
}

async function doTasks({ commune }: Office): Promise<number> {
  const rows = await commune.db
    .selectFrom('delivery')
    .select('taskId')
    .where('state', '=', 'accepted')
    .where('means', '=', 'manual')
    .limit(100)
    .execute()
  for (const row of rows) {
    const taskId = row.taskId as Id<'task'> // rows of people have a task once they are accepted
    if ((await taskById(commune.db, taskId))?.state === 'set') await acceptTask(commune, { taskId })
    await attachOutput(commune, { taskId, kind: 'note', title: 'Đã phát', value: '16 giờ 30' })
    await finishTask(commune, { taskId })
  }
  return rows.length
}

/** One in three rows that no machine can be asked of is looked into by a person who sees rightly. */
async function lookIntoUnknown({ writer }: Office, arrived: Ending['arrived']): Promise<number> {
  const { rows } = await sql<{ id: Id<'delivery'>; releaseId: Id<'release'> }>`
    select id, release_id as "releaseId" from delivery
    where state = 'unknown' and ask_at is null and substr(id::text, 1, 1) in ('0', '1', '2', '3', '4') limit 50`.execute(
    writer.db,
  )
  for (const { id: deliveryId, releaseId } of rows)
    await resolveUnknown(writer, { releaseId, deliveryId, arrived: arrived(deliveryId), note: 'Đã đến xem' })
  return rows.length
}
