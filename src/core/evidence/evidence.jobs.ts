import * as v from 'valibot'
import { job } from '../kernel/index.ts'
import { dropStaleUploads } from './upload.ts'

/** A phone that was silent for longer has been lost or wiped, or it begins anew. */
const STALE_DAYS = 60

/** Throws away pieces of files that nobody goes on sending. */
export const dropStaleUploadsJob = job('evidence.drop_stale_uploads', {
  payload: v.object({}),
  every: '40 2 * * *',
  async run(ctx) {
    await dropStaleUploads(ctx, new Date(ctx.clock.now().getTime() - STALE_DAYS * 86_400_000))
  },
})
