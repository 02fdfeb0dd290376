import { asSystem } from '../core/kernel/index.ts'
import { whenFactChanges } from '../core/fact/index.ts'
import { makePicturesWith } from '../core/media/index.ts'
import { followFact } from '../core/message/index.ts'
import { sendConfirmation } from '../channels/bulletin/send-confirmation.ts'
import { sendConfirmationsWith } from '../core/subscriber/index.ts'
import { readPlanFile, readPlansWith } from '../core/plan/index.ts'
import { pictureMaker } from '../platform/pictures/picture-worker.ts'
import { documentReader } from './document-reader.ts'
import { JOBS } from './jobs.ts'
import type { Loa } from './loa.ts'
import { startLedger } from './work-ledger.ts'

/** Starts working all jobs and the ledger in this process, as the system; answers how to stop the ledger. */
export async function startWork(loa: Loa): Promise<() => Promise<void>> {
  readPlansWith((ctx, planId) => readPlanFile(ctx, documentReader, planId))
  makePicturesWith(pictureMaker)
  whenFactChanges(followFact)
  sendConfirmationsWith(sendConfirmation)
  await loa.jobs.work(JOBS, (job) => asSystem(loa.contextOf({ kind: 'nobody' }), job.name))
  return startLedger(loa.contextOf({ kind: 'nobody' }), (called) => loa.listen('loa_ledger', called))
}
