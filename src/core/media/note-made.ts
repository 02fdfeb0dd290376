import * as v from 'valibot'
import { action, idOf, type Ctx, type Id } from '../kernel/index.ts'
import type { MediaSize } from './media.ts'
import { mediaById, setMade, updateMedia } from './media.store.ts'
import type { MadePicture } from './picture-maker.ts'

type Made = Omit<MadePicture, 'sizes'> & { readonly sizes: readonly MediaSize[] }

type Follower = (ctx: Ctx, mediaId: Id<'media'>) => Promise<void>
const followers: Follower[] = []

/** Says what follows, in the same transaction, when it is known what a picture shows, when and where it was taken. */
export function whenPictureMade(follow: Follower): void {
  if (!followers.includes(follow)) followers.push(follow)
}

/** Takes in what the machine made of a picture, or that nothing can be made of it. */
export const noteMade = action('media.note_made', {
  input: v.object({ mediaId: idOf<'media'>(), made: v.nullable(v.custom<Made>((made) => typeof made === 'object')) }),
  may: { who: 'system' },
  // Neither the place nor the faces are in the record.
  records: ({ mediaId, made }, changed: boolean) =>
    changed ? { subject: 'media', subjectId: mediaId, facts: { state: made ? 'ready' : 'broken' } } : null,
  async run(ctx, { mediaId, made }): Promise<boolean> {
    const media = await mediaById(ctx.db, mediaId)
    if (media?.state !== 'waiting') return false
    if (made) await setMade(ctx.db, mediaId, made)
    else await updateMedia(ctx.db, mediaId, { state: 'broken' })
    for (const follow of followers) await follow(ctx, mediaId)
    return true
  },
})
