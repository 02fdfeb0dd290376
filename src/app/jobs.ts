import type { Job } from '../core/kernel/index.ts'
import { closeUnshownJob } from '../core/board/index.ts'
import { pushJob, takeDroppedJob } from '../core/bridge/index.ts'
import { dropStaleUploadsJob } from '../core/evidence/index.ts'
import { factChangedJob } from '../core/fact/index.ts'
import { makeSizesJob } from '../core/media/index.ts'
import { readPlanJob } from '../core/plan/index.ts'
import { mailKitJob } from '../core/press/index.ts'
import { closeSilentPlaysJob } from '../core/programme/index.ts'
import { remindReportParts, tellContributorsJob } from '../core/report/index.ts'
import { remindReviews } from '../core/review/index.ts'
import { makeSpeechJob } from '../core/speech/index.ts'
import { forgetSubscribersJob, sendConfirmationJob } from '../core/subscriber/index.ts'
import { escalateOverdueTasks, remindTasks } from '../core/task/index.ts'

/** Every job there is; a test compares this list with what the slices export. */
// A job's payload differs by job; the queue parses it by the job's own schema before it runs.
export const JOBS = [
  readPlanJob,
  remindTasks,
  escalateOverdueTasks,
  factChangedJob,
  remindReviews,
  remindReportParts,
  tellContributorsJob,
  makeSizesJob,
  dropStaleUploadsJob,
  mailKitJob,
  makeSpeechJob,
  sendConfirmationJob,
  forgetSubscribersJob,
  pushJob,
  takeDroppedJob,
  closeUnshownJob,
  closeSilentPlaysJob,
] as unknown as readonly Job[]
