import { dayAt, type Ctx } from '../kernel/index.ts'
import {
  dueQueues,
  silentMachines,
  silentPeople,
  unknownSince,
  type DueQueue,
  type SilentOutlet,
} from '../release/index.ts'
import { LATE_AFTER_SECONDS, type AlarmKind, type Patience, type Standstill } from './alarm.ts'
import { deviceStandstills } from './device-standstills.ts'
import { patienceOf } from './patience.store.ts'
import { keepPulses, pulsesOf } from './pulse.store.ts'
import { overdueSince } from './schedule.ts'
import { schedulesOf } from './schedule.store.ts'
import type { Work } from './worker.ts'
import { lastHeardOf, livingWorkers } from './worker.store.ts'

/** Since when the oldest job waits to be begun, of those due; null when none waits. The app says how to ask the queue. */
export type JobsWait = (ctx: Ctx) => Promise<Date | null>

const NOTHING = { releaseId: null, outletId: null, organisationId: null }

/** All that stands still now though it should move, whatever the reason. Reads, but for the pulses of the queues. */
export async function standstills(ctx: Ctx, jobsWait: JobsWait): Promise<Standstill[]> {
  const now = ctx.clock.now()
  const queues = await dueQueues(ctx.db, now)
  const patience = await patienceOf(ctx.db)
  return [
    ...(await withoutWorker(ctx, now, queues, await jobsWait(ctx))),
    ...(await lateRows(ctx, now, queues)),
    ...(await lateSchedules(ctx, now)),
    ...(await silentOutlets(ctx, now, patience)),
    ...(await unknownWaiting(ctx, now, patience)),
    ...(await deviceStandstills(ctx, hoursBefore(now, patience.device_silent), now)),
  ]
}

/** Work that waits while nobody lives who does it: said once, and since when. */
async function withoutWorker(
  ctx: Ctx,
  now: Date,
  queues: readonly DueQueue[],
  jobs: Date | null,
): Promise<Standstill[]> {
  const waits = { ledger: earliest(queues.map(({ dueSince }) => dueSince)), jobs }
  const living = new Set((await livingWorkers(ctx.db)).flatMap(({ works }) => works))
  const found: Standstill[] = []
  for (const work of ['ledger', 'jobs'] as const satisfies readonly Work[]) {
    const since = waits[work]
    if (since === null || living.has(work) || !isLate(since, now)) continue
    const heard = await lastHeardOf(ctx.db, work)
    found.push({
      ...NOTHING,
      kind: 'no_worker',
      subject: work,
      facts: { work },
      since: heard && heard > since ? heard : since,
    })
  }
  return found
}

/** Rows due for a minute of a queue that has not moved for as long; one that moves is long, but stands not still. */
async function lateRows(ctx: Ctx, now: Date, queues: readonly DueQueue[]): Promise<Standstill[]> {
  const moved = await feelPulses(ctx, now, queues)
  return queues
    .filter((queue) => isLate(queue.dueSince, now) && isLate(moved.get(queueOf(queue)) ?? now, now))
    .map(({ releaseId, organisationId, channel, dueSince, waiting }) => ({
      ...NOTHING,
      kind: 'row_late',
      subject: `${releaseId}:${channel}`,
      releaseId,
      organisationId,
      facts: { channel, waiting },
      since: dueSince,
    }))
}

/**
 * Since when each queue has not moved. It has moved when a release that waited at the last look waits no more, or has
 * begun more rows; one that only joined says nothing.
 */
async function feelPulses(ctx: Ctx, now: Date, queues: readonly DueQueue[]): Promise<Map<string, Date>> {
  const before = await pulsesOf(ctx.db)
  const pulses = [...Map.groupBy(queues, queueOf)].map(([queue, own]) => {
    const waiting = Object.fromEntries(own.map(({ releaseId, started }) => [releaseId, started]))
    const last = before.get(queue)
    const still = last && Object.entries(last.waiting).every(([id, started]) => waiting[id] === started)
    return { queue, waiting, movedAt: still && last.movedAt < now ? last.movedAt : now }
  })
  await keepPulses(ctx.db, pulses)
  return new Map(pulses.map(({ queue, movedAt }) => [queue, movedAt]))
}

/** An emergency waits for nothing else, so it has a pulse of its own. */
function queueOf({ channel, lane }: DueQueue): string {
  return lane === 'emergency' ? `${channel} ${lane}` : channel
}

async function lateSchedules(ctx: Ctx, now: Date): Promise<Standstill[]> {
  return (await schedulesOf(ctx.db)).flatMap((schedule) => {
    const since = overdueSince(schedule, now)
    return since
      ? [{ ...NOTHING, kind: 'schedule_late', subject: schedule.job, facts: { job: schedule.job }, since }]
      : []
  })
}

async function silentOutlets(ctx: Ctx, now: Date, patience: Patience): Promise<Standstill[]> {
  const machines = await silentMachines(ctx.db, hoursBefore(now, patience.outlet_silent), now)
  const people = await silentPeople(ctx.db, dayAt(hoursBefore(now, patience.people_silent)))
  return [
    ...machines.map((outlet) => ofOutlet('outlet_silent', outlet)),
    ...people.map((outlet) => ofOutlet('people_silent', outlet)),
  ]
}

function ofOutlet(kind: AlarmKind, { outletId, organisationId, name, channel, since }: SilentOutlet): Standstill {
  return { ...NOTHING, kind, subject: outletId, outletId, organisationId, facts: { outlet: name, channel }, since }
}

async function unknownWaiting(ctx: Ctx, now: Date, patience: Patience): Promise<Standstill[]> {
  const found = await unknownSince(ctx.db, hoursBefore(now, patience.unknown_waiting))
  return found.map(({ releaseId, organisationId, since, count }) => ({
    ...NOTHING,
    kind: 'unknown_waiting',
    subject: releaseId,
    releaseId,
    organisationId,
    facts: { count },
    since,
  }))
}

function isLate(since: Date, now: Date): boolean {
  return now.getTime() - since.getTime() >= LATE_AFTER_SECONDS * 1_000
}

function hoursBefore(now: Date, hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000)
}

function earliest(moments: readonly Date[]): Date | null {
  return moments.reduce<Date | null>((first, one) => (first === null || one < first ? one : first), null)
}
