import { join } from 'node:path'
import { CHANNEL_RULES, SENDERS } from '../channels/index.ts'
import { auditLog } from '../core/audit/index.ts'
import { followProofPictures } from '../core/evidence/index.ts'
import type { Actor, Ctx } from '../core/kernel/index.ts'
import { composeWith } from '../core/message/index.ts'
import { followDeliveryTasks, followWithdrawnMessages, sendWith } from '../core/release/index.ts'
import { organisationHierarchy } from '../core/organisation/index.ts'
import { listen, openDatabase } from '../platform/database/index.ts'
import { openFileStore } from '../platform/files/file-store.ts'
import { openJobs, type Jobs } from '../platform/jobs/job-queue.ts'
import { openSecretBox, SECRET_KEY_FILE } from '../platform/secrets/secret-box.ts'
import { JOBS } from './jobs.ts'

/** Everything opened that an entry needs: the web, the worker or the command line. */
export interface Loa {
  readonly jobs: Jobs
  /** A context in which `actor` acts. */
  contextOf(actor: Actor): Ctx
  /** Calls `heard` at each notice of the database under a name; answers how to stop. */
  listen(name: string, heard: () => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

export interface LoaOptions {
  readonly databaseUrl: string
  /** Folder of the files kept by content hash and of the key that seals secrets. */
  readonly folder: string
  /** True in the one process that works jobs. */
  readonly supervise?: boolean
}

export async function openLoa(options: LoaOptions): Promise<Loa> {
  composeWith(CHANNEL_RULES)
  followDeliveryTasks()
  followWithdrawnMessages()
  followProofPictures()
  for (const sender of SENDERS) sendWith(sender)
  const database = openDatabase(options.databaseUrl)
  const jobs = await openJobs(options.databaseUrl, { supervise: options.supervise ?? false })
  await jobs.prepare(JOBS)
  const shared = {
    db: database.db,
    clock: { now: () => new Date() },
    hierarchy: organisationHierarchy,
    audit: auditLog,
    jobs,
    files: openFileStore(join(options.folder, 'files')),
    secrets: openSecretBox(join(options.folder, SECRET_KEY_FILE)),
    inTransaction: false,
  }
  return {
    jobs,
    contextOf: (actor) => ({ ...shared, actor }),
    listen: (name, heard) => listen(options.databaseUrl, name, heard),
    async close() {
      await jobs.close()
      await database.close()
    },
  }
}
