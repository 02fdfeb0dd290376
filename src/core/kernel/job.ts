import type { GenericSchema, InferInput, InferOutput } from 'valibot'
import type { Ctx } from './context.ts'
import type { Db } from './db.ts'

/**
 * Background work: a name, ids, and one call. It may run twice, so it looks at the state first.
 * The payload holds ids only; what they mean is read when it runs.
 */
export interface Job<Payload extends GenericSchema = GenericSchema> {
  readonly name: string
  readonly payload: Payload
  readonly retry: { readonly times: number; readonly firstAfterSeconds: number }
  /** Cron expression in Vietnam time for work that comes round; absent for work that is enqueued. */
  readonly every?: string
  run(ctx: Ctx, payload: InferOutput<Payload>): Promise<void>
}

export function job<Payload extends GenericSchema>(
  name: string,
  definition: Omit<Job<Payload>, 'name' | 'retry'> & { retry?: Job['retry'] },
): Job<Payload> {
  return { retry: { times: 5, firstAfterSeconds: 10 }, ...definition, name }
}

export interface JobQueue {
  /** Enqueues in the transaction `db`: the work exists when, and only when, the transaction commits. */
  add<Payload extends GenericSchema>(db: Db, job: Job<Payload>, payload: InferInput<Payload>): Promise<void>
}
