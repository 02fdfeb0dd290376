import * as v from 'valibot'
import { idOf, job, type Ctx, type Id, type Job } from '../kernel/index.ts'
import { noteMade } from './note-made.ts'
import { mediaById } from './media.store.ts'
import type { PictureMaker } from './picture-maker.ts'

const Payload = v.object({ mediaId: idOf<'media'>() })

let maker: PictureMaker | null = null

/** Makes the sizes of a picture. What it makes them with is given by `makePicturesWith`, in the process that works. */
export const makeSizesJob: Job<typeof Payload> = job('media.make_sizes', {
  payload: Payload,
  retry: { times: 3, firstAfterSeconds: 5 },
  async run(ctx, { mediaId }) {
    if (!maker) throw new Error('media.make_sizes runs in the worker, where makePicturesWith() was called')
    await makeSizes(ctx, maker, mediaId)
  },
})

/** Says what makes pictures; the app calls it once, where jobs are worked. */
export function makePicturesWith(given: PictureMaker): void {
  maker = given
}

/** Made anew from its points: nothing of the file, its camera and its place is in what is shown. May run twice. */
export async function makeSizes(ctx: Ctx, pictures: PictureMaker, mediaId: Id<'media'>): Promise<void> {
  const media = await mediaById(ctx.db, mediaId)
  if (!media || media.state !== 'waiting') return
  const made = await pictures.make(await ctx.files.get(media.sha256))
  const sizes = []
  for (const { bytes, ...size } of made?.sizes ?? []) sizes.push({ ...size, sha256: await ctx.files.put(bytes) })
  await noteMade(ctx, { mediaId, made: made && { ...made, sizes } })
}
