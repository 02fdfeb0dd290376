import type { Ctx, Waiting } from '../core/kernel/index.ts'
import * as bridge from '../core/bridge/index.ts'
import * as evidence from '../core/evidence/index.ts'
import * as alarm from '../core/alarm/index.ts'
import * as fact from '../core/fact/index.ts'
import * as plan from '../core/plan/index.ts'
import * as programme from '../core/programme/index.ts'
import * as release from '../core/release/index.ts'
import * as report from '../core/report/index.ts'
import * as review from '../core/review/index.ts'
import * as takeover from '../core/takeover/index.ts'
import * as task from '../core/task/index.ts'

/** What waits for the person, most urgent first: what stands still, then what has a day before what has none. */
export async function waitingForActor(ctx: Ctx): Promise<Waiting[]> {
  const waiting = [
    ...(await task.waitingFor(ctx)),
    ...(await plan.waitingFor(ctx)),
    ...(await review.waitingFor(ctx)),
    ...(await release.waitingFor(ctx)),
    ...(await programme.waitingFor(ctx)),
    ...(await takeover.waitingFor(ctx)),
    ...(await bridge.waitingFor(ctx)),
    ...(await report.waitingFor(ctx)),
    ...(await fact.waitingFor(ctx)),
    ...(await evidence.waitingFor(ctx)),
  ]
  waiting.sort((one, other) => (one.due ?? '9999').localeCompare(other.due ?? '9999'))
  return [...(await alarm.waitingFor(ctx)), ...waiting]
}
