import { createHash } from 'node:crypto'
import {
  bytesOfUpload,
  finishUpload,
  refuseUpload,
  stateOf,
  uploadById,
  type GivenFile,
  type Upload,
  type UploadState,
} from '../core/evidence/index.ts'
import { Refusal, type Ctx, type Id } from '../core/kernel/index.ts'
import { takeMedia } from './media-files.ts'
import { takeRecording } from './recordings.ts'

/**
 * Keeps a file that proves something, as what its bytes say it is. A spoken note is brought to a level that carries and
 * kept as MP3; what no browser shows is refused.
 *
 * @throws Refusal `media.…`, `audio.…`
 */
export async function takeProofFile(
  ctx: Ctx,
  bytes: Uint8Array,
  { role, fileName }: Pick<Upload, 'role' | 'fileName'>,
): Promise<GivenFile> {
  const name = fileName.normalize('NFC').slice(0, 300)
  if (role !== 'voice') return { ...(await takeMedia(ctx, bytes)), fileName: name }
  const { sha256 } = await takeRecording(ctx, bytes, { from: '', to: '', level: true, trim: false })
  const kept = await ctx.files.get(sha256)
  return { sha256, kind: 'audio', mime: 'audio/mpeg', bytes: kept.length, fileName: name }
}

/**
 * Takes an upload whose last piece has come into its activity. What came is held against what was announced: where it
 * differs it comes anew, and a file that is none we take is refused, so that the device asks no more.
 *
 * @throws Refusal `evidence.upload_not_found`
 */
export async function completeUpload(ctx: Ctx, uploadId: Id<'upload'>): Promise<UploadState> {
  const upload = await uploadById(ctx.db, uploadId)
  const own = ctx.actor.kind === 'person' && upload?.personId === ctx.actor.personId
  if (!upload || !own) throw new Refusal('evidence.upload_not_found')
  const state = stateOf(upload)
  if (!state.whole || state.finished || state.refusal !== null) return state
  const bytes = await bytesOfUpload(ctx.db, uploadId)
  const arrived = createHash('sha256').update(bytes).digest('hex') === upload.sha256
  try {
    await finishUpload(ctx, { uploadId, file: arrived ? await takeProofFile(ctx, bytes, upload) : null })
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || !/^(media|audio)\./.test(thrown.code) || thrown.code === 'audio.tired')
      throw thrown
    await refuseUpload(ctx, { uploadId, refusal: thrown.code, facts: thrown.facts })
  }
  const standing = await uploadById(ctx.db, uploadId)
  return stateOf(standing ?? upload)
}
