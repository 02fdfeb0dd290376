import { Refusal, type Ctx } from '../core/kernel/index.ts'
import { facesOf, isHeic, sniffMedia, sniffZipped, ZIPPED, type Media, type Sniffed } from '../core/media/index.ts'
import { openZip } from '../platform/documents/index.ts'
import { blurredInThread } from '../platform/pictures/picture-worker.ts'
import { untag } from '../platform/untag/untag.ts'

/** Megabytes at most, by kind; the office takes 60 in one form. */
const MOST_MEGABYTES = { picture: 30, audio: 60, video: 60, document: 50 } as const
/** A paper that unfolds to more was made to stop a server. */
const UNFOLDED_BYTES = 400_000_000

export interface TakenFile extends Sniffed {
  readonly sha256: string
  readonly bytes: number
}

/**
 * Keeps a file for the library, as what its bytes say it is. Of sound and film what tells of their maker is taken out
 * first, so that it is not kept at all; a picture is kept as it came, and shown made anew.
 *
 * @throws Refusal `media.heic`, `media.unknown`, `media.too_large`
 */
export async function takeMedia(ctx: Ctx, bytes: Uint8Array): Promise<TakenFile> {
  const sniffed = kindOf(bytes)
  if (!sniffed) throw new Refusal(isHeic(bytes) ? 'media.heic' : 'media.unknown', {}, 'file')
  const most = MOST_MEGABYTES[sniffed.kind]
  if (bytes.length > most * 1e6) throw new Refusal('media.too_large', { megabytes: most }, 'file')
  const kept = untag(bytes, sniffed.mime)
  return { ...sniffed, sha256: await ctx.files.put(kept), bytes: kept.length }
}

function kindOf(bytes: Uint8Array): Sniffed | null {
  const sniffed = sniffMedia(bytes)
  if (sniffed?.mime !== ZIPPED) return sniffed
  try {
    return sniffZipped(openZip(bytes, UNFOLDED_BYTES).names)
  } catch (thrown) {
    if (thrown instanceof Refusal) return null
    throw thrown
  }
}

/** A picture with its faces blurred beyond knowing, as another file. @throws Refusal `media.no_faces`, `media.is_broken` */
export async function blurFaces(ctx: Ctx, media: Media): Promise<TakenFile> {
  const faces = await facesOf(ctx.db, media.id)
  if (faces.length === 0) throw new Refusal('media.no_faces')
  const blurred = await blurredInThread(await ctx.files.get(media.sha256), faces)
  if (!blurred) throw new Refusal('media.is_broken')
  return { kind: 'picture', mime: 'image/jpeg', sha256: await ctx.files.put(blurred), bytes: blurred.length }
}
