import { smsSender } from '../channels/sms/sms-sender.ts'
import { asSystem } from '../core/kernel/index.ts'
import { whenFactChanges } from '../core/fact/index.ts'
import { makePicturesWith } from '../core/media/index.ts'
import { followFact } from '../core/message/index.ts'
import { sendConfirmation } from '../channels/bulletin/send-confirmation.ts'
import { sendConfirmationsWith } from '../core/subscriber/index.ts'
import { readPlanFile, readPlansWith } from '../core/plan/index.ts'
import { pictureMaker } from '../platform/pictures/picture-worker.ts'
import { documentReader } from './document-reader.ts'
import { startHeartbeat } from './heartbeat.ts'
import { JOBS } from './jobs.ts'
import type { Loa } from './loa.ts'
import { keepRounds, notingRuns } from './schedules.ts'
import { startLedger } from './work-ledger.ts'

/**
 * Starts working all jobs and the ledger in this process, as the system, with a heartbeat by which others see that it
 * lives. Answers how to stop: what is in hand is finished first.
 */
export async function startWork(loa: Loa): Promise<() => Promise<void>> {
  readPlansWith((ctx, planId) => readPlanFile(ctx, documentReader, planId))
  makePicturesWith(pictureMaker)
  whenFactChanges(followFact)
  sendConfirmationsWith(sendConfirmation)
  const ctx = loa.contextOf({ kind: 'nobody' })
  await keepRounds(ctx, JOBS)
  await loa.jobs.work(notingRuns(JOBS), (job) => asSystem(ctx, job.name))
  const stopListening = await smsSender.listen(ctx)
  const stopLedger = await startLedger(ctx, (called) => loa.listen('loa_ledger', called))
  const stopHeartbeat = await startHeartbeat(ctx, ['jobs', 'ledger'])
  return async () => {
    stopListening()
    // Jobs to the last: what the ledger has in hand may still enqueue some.
    await stopLedger()
    await loa.jobs.close()
    await stopHeartbeat()
  }
}
