import { readMarkup, type TextBlock } from '#core/channel/index.ts'
import { dayAt, type Ctx } from '#core/kernel/index.ts'
import { mediaById, sizeOf, whyNotUse } from '#core/media/index.ts'
import type { Article } from '#core/portal/index.ts'
import { givenId } from '#web/lib/given-id.ts'

/** A block as a page shows it: of a picture also its size, so that the words below do not jump. */
export type ShownBlock = TextBlock & { readonly width?: number; readonly height?: number }

/** The body of an article; a picture that may be used no more is left out. */
export async function blocksShown(ctx: Ctx, { body }: Pick<Article, 'body'>): Promise<ShownBlock[]> {
  const shown = await Promise.all(readMarkup(body).map((block) => shownBlock(ctx, block)))
  return shown.filter((block) => block !== null)
}

async function shownBlock(ctx: Ctx, block: TextBlock): Promise<ShownBlock | null> {
  if (block.kind !== 'image') return block
  const picture = await pictureShown(ctx, block.media)
  return picture && { ...block, width: picture.width, height: picture.height }
}

/** The large size of a picture that may be used today; null where it may not. */
export async function pictureShown(ctx: Ctx, given: string) {
  const id = givenId<'media'>(given)
  const media = id && (await mediaById(ctx.db, id))
  return media && !whyNotUse(media, dayAt(ctx.clock.now())) ? sizeOf(ctx.db, media.id, 'large') : null
}
