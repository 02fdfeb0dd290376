import type { Db, Id } from '../kernel/index.ts'
import type { ReadPage, ReadWord } from './document-reader.ts'

export interface PlanPage {
  readonly number: number
  readonly imageSha256: string | null
  readonly width: number | null
  readonly height: number | null
  readonly textFrom: number
  readonly textTo: number
  readonly words: readonly ReadWord[]
}

export async function insertPages(
  db: Db,
  planId: Id<'plan'>,
  pages: readonly ReadPage[],
  images: ReadonlyMap<number, string>,
): Promise<void> {
  const rows = pages.map((page) => ({
    planId,
    number: page.number,
    imageSha256: images.get(page.number) ?? null,
    width: page.image?.width ?? null,
    height: page.image?.height ?? null,
    textFrom: page.span[0],
    textTo: page.span[1],
    words: JSON.stringify(page.words),
  }))
  for (let at = 0; at < rows.length; at += 200) {
    await db
      .insertInto('planPage')
      .values(rows.slice(at, at + 200))
      .execute()
  }
}

export async function pagesOf(db: Db, planId: Id<'plan'>): Promise<PlanPage[]> {
  const rows = await db
    .selectFrom('planPage')
    .select(['number', 'imageSha256', 'width', 'height', 'textFrom', 'textTo', 'words'])
    .where('planId', '=', planId)
    .orderBy('number')
    .execute()
  // `words` is the jsonb that insertPages wrote.
  return rows.map((row) => ({ ...row, words: row.words as unknown as ReadWord[] }))
}
