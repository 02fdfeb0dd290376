import type { Ctx, Id } from '../kernel/index.ts'
import { Refusal } from '../kernel/index.ts'
import { messageById } from '../message/index.ts'
import { organisationsWhere, type Organisation } from '../organisation/index.ts'
import { outletsByIds, type Outlet } from '../outlet/index.ts'
import { manualRowsOf, type ManualRow, type Release } from '../release/index.ts'
import { approvedContent } from '../review/index.ts'
import { nameOfLanguage, type CarrierText, type CarrierTerms, type CarrierWords } from './carrier-papers.ts'

/** A province has a handful of carriers. */
const MOST_CARRIERS = 50

/** The rows of a release that carriers carry out, each with its carrier. */
export async function carriersOf(
  ctx: Ctx,
  releaseId: Id<'release'>,
): Promise<{ readonly row: ManualRow; readonly outlet: Outlet }[]> {
  const rows = await manualRowsOf(ctx.db, releaseId, { channel: 'sms', taskId: null }, MOST_CARRIERS)
  const outlets = await outletsByIds(
    ctx.db,
    rows.map(({ outletId }) => outletId),
  )
  return rows.flatMap((row) => {
    const outlet = outlets.get(row.outletId)
    return outlet?.kind === 'carrier' ? [{ row, outlet }] : []
  })
}

/** What both papers say of a release: names, texts as they were approved, and the terms. @throws Refusal `carrier.no_text` */
export async function carrierWords(
  ctx: Ctx,
  release: Release,
  committee: Organisation,
  terms: CarrierTerms,
): Promise<CarrierWords> {
  const [asker] = await organisationsWhere(ctx.db, [release.organisationId])
  const carriers = await carriersOf(ctx, release.id)
  return {
    ...terms,
    ...(await textsOf(ctx, release)),
    asker: asker?.name ?? '',
    committee: committee.name,
    carriers: carriers.map(({ outlet }) => outlet.name),
  }
}

/** The title and the texts exactly as they were approved. */
async function textsOf(ctx: Ctx, release: Release): Promise<Pick<CarrierWords, 'title' | 'texts'>> {
  const message = await messageById(ctx.db, release.messageId)
  const content = await approvedContent(ctx.db, release.messageId, release.contentHash)
  const texts = (content?.renditions ?? [])
    .filter(({ channel }) => channel === 'sms')
    .map(({ language, fields }): CarrierText => ({
      language: nameOfLanguage(language),
      accented: fields['accented'] ?? '',
      unaccented: fields['unaccented'] ?? '',
    }))
  if (texts.length === 0) throw new Refusal('carrier.no_text')
  return { title: message?.workingTitle ?? '', texts }
}
