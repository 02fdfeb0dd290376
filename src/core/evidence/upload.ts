import * as v from 'valibot'
import { actingPerson, action, idOf, Refusal, type Ctx, type Id, type RefusalFacts } from '../kernel/index.ts'
import { lockActivity } from './activity.store.ts'
import type { Activity } from './activity.ts'
import { addFile, GivenFile, PROOF_ROLES } from './attach-proof.ts'
import { noteActivity } from './event.store.ts'
import { refuseLocked } from './lock-period.ts'
import { settleActivity } from './settle-activity.ts'
import {
  dropPieces,
  endUpload,
  insertPiece,
  insertUploads,
  lockUpload,
  moveUpload,
  staleUploads,
  type Upload,
} from './upload.store.ts'

/** Bytes of a file at most: what `takeMedia` takes of the largest kind. */
const LARGEST_BYTES = 60_000_000
/** Bytes of a piece at most. */
export const LARGEST_PIECE_BYTES = 1_000_000

/** A file that is still on a device. */
export const Expected = v.object({
  uploadId: idOf<'upload'>(),
  role: v.picklist(PROOF_ROLES),
  fileName: v.pipe(v.string(), v.maxLength(300)),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST_BYTES)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
})
export type Expected = v.InferOutput<typeof Expected>

/** Writes down which files will follow an activity. */
export async function expectUploads(ctx: Ctx, activity: Activity, expected: readonly Expected[]): Promise<void> {
  const person = actingPerson(ctx)
  if (expected.length === 0 || person === null) return
  const now = ctx.clock.now()
  await insertUploads(
    ctx.db,
    expected.map(({ uploadId, ...file }) => ({
      ...file,
      id: uploadId,
      activityId: activity.id,
      personId: person,
      begunAt: now,
      movedAt: now,
    })),
  )
}

/** Where an upload stands: how far it has come, and whether it is over. */
export interface UploadState {
  readonly received: number
  readonly whole: boolean
  readonly finished: boolean
  /** Why it is not taken; null while it may be. */
  readonly refusal: { readonly code: string; readonly facts: RefusalFacts } | null
}

/**
 * Takes the piece of a file that begins at `startsAt`. A piece that has come before, or that leaves a gap, changes
 * nothing: the answer says from where to go on.
 */
export const takePiece = action('evidence.take_piece', {
  input: v.object({
    uploadId: idOf<'upload'>(),
    startsAt: v.pipe(v.number(), v.integer(), v.minValue(0)),
    bytes: v.pipe(
      v.instance(Uint8Array),
      v.check(({ length }) => length > 0 && length <= LARGEST_PIECE_BYTES, 'piece'),
    ),
  }),
  may: { who: 'signed_in' },
  // The pieces are no change of their own: the file is, once it is whole.
  records: () => null,
  async run(ctx, { uploadId, startsAt, bytes }): Promise<UploadState> {
    const upload = await uploadToChange(ctx, uploadId)
    const received = startsAt + bytes.length
    const over = upload.finishedAt !== null || upload.refusal !== null
    if (over || startsAt !== upload.received || received > upload.bytes) return stateOf(upload)
    await insertPiece(ctx.db, { uploadId, startsAt, bytes })
    await moveUpload(ctx.db, uploadId, received, ctx.clock.now())
    return stateOf({ ...upload, received })
  },
})

/** Takes the whole file into the activity it belongs to; `null` says that what came is not what was announced, so it comes anew. */
export const finishUpload = action('evidence.finish_upload', {
  input: v.object({ uploadId: idOf<'upload'>(), file: v.nullable(GivenFile) }),
  may: { who: 'signed_in' },
  records: ({ file }, { activityId, finished }: { activityId: Id<'activity'>; finished: boolean }) =>
    finished && file ? { subject: 'activity', subjectId: activityId, facts: { kind: file.kind } } : null,
  async run(ctx, { uploadId, file }) {
    const upload = await uploadToChange(ctx, uploadId)
    const { activityId } = upload
    if (upload.finishedAt !== null) return { activityId, finished: false }
    if (file === null) {
      await dropPieces(ctx.db, uploadId)
      await moveUpload(ctx.db, uploadId, 0, ctx.clock.now())
      return { activityId, finished: false }
    }
    const activity = await lockActivity(ctx.db, activityId)
    if (!activity) throw new Refusal('evidence.not_found')
    await refuseLocked(ctx, activity, [activity.day])
    if (await addFile(ctx, activity, file)) await noteActivity(ctx, activityId, 'attached')
    await endUpload(ctx.db, uploadId, { finishedAt: ctx.clock.now() })
    await settleActivity(ctx, activityId)
    return { activityId, finished: true }
  },
})

/** A file that is none we take: it is waited for no more, and whoever sent it is told. */
export const refuseUpload = action('evidence.refuse_upload', {
  input: v.object({
    uploadId: idOf<'upload'>(),
    refusal: v.pipe(v.string(), v.maxLength(100)),
    facts: v.optional(v.record(v.string(), v.union([v.string(), v.number()])), {}),
  }),
  may: { who: 'signed_in' },
  records: ({ refusal }, activityId: Id<'activity'>) => ({
    subject: 'activity',
    subjectId: activityId,
    facts: { refusal },
  }),
  async run(ctx, { uploadId, refusal, facts }) {
    const upload = await uploadToChange(ctx, uploadId)
    await endUpload(ctx.db, uploadId, { refusal, refusalFacts: facts })
    await noteActivity(ctx, upload.activityId, 'file_refused', { note: upload.fileName })
    return upload.activityId
  },
})

/** Throws away the pieces of uploads that have not moved for a long time; the device, should it come back, begins anew. */
export async function dropStaleUploads(ctx: Ctx, before: Date): Promise<number> {
  const stale = await staleUploads(ctx.db, before)
  for (const id of stale) {
    await ctx.db.transaction().execute(async (db) => {
      await lockUpload(db, id)
      await dropPieces(db, id)
      await moveUpload(db, id, 0, ctx.clock.now())
    })
  }
  return stale.length
}

/** The upload of the person who acts, locked. Nobody goes on with another's. */
async function uploadToChange(ctx: Ctx, uploadId: Id<'upload'>): Promise<Upload> {
  const upload = await lockUpload(ctx.db, uploadId)
  if (!upload || (ctx.actor.kind === 'person' && upload.personId !== ctx.actor.personId)) {
    throw new Refusal('evidence.upload_not_found')
  }
  return upload
}

export function stateOf(
  upload: Pick<Upload, 'received' | 'bytes' | 'finishedAt' | 'refusal' | 'refusalFacts'>,
): UploadState {
  const { received, bytes, finishedAt, refusal: code, refusalFacts: facts } = upload
  const refusal = code === null ? null : { code, facts }
  return { received, whole: received === bytes, finished: finishedAt !== null, refusal }
}
