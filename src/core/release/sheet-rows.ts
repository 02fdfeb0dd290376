import type { ChannelKey } from '../channel/index.ts'
import { factsOf, type Fact } from '../fact/index.ts'
import { Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { messageById, MASTER_FIELDS, printFacts, versionOf, type Content } from '../message/index.ts'
import { outletsByIds, type Outlet } from '../outlet/index.ts'
import { approvedContent } from '../review/index.ts'
import { deliveryOfTask } from './delivery.store.ts'
import { manualRowsOf, type ManualRow } from './manual.store.ts'
import { releaseById } from './release.store.ts'
import type { Release } from './release.ts'

/** More sheets than this nobody prints at once: the officer takes one way out after the other. */
const MOST_SHEETS = 1_000

/** A manual row of the ledger with all that a sheet says. */
export interface SheetRow {
  readonly row: ManualRow
  readonly outlet: Outlet
  /** Exactly what was approved for it. */
  readonly renditions: Content['renditions']
}

export interface SheetRows {
  readonly release: Release
  readonly title: string
  readonly hotlines: readonly { readonly name: string; readonly number: string }[]
  readonly rows: readonly SheetRow[]
}

/**
 * The rows of a release that people carry out, by one channel or all, or the one whose task it is.
 *
 * @throws Refusal `release.not_found`, `release.no_sheets`, `release.too_many_sheets`
 */
export async function sheetRowsOf(
  ctx: Ctx,
  releaseId: Id<'release'>,
  which: { readonly channel: ChannelKey | null; readonly taskId: Id<'task'> | null },
): Promise<SheetRows> {
  const release = await releaseById(ctx.db, releaseId)
  const content = release && (await approvedContent(ctx.db, release.messageId, release.contentHash))
  if (!release || !content) throw new Refusal('release.not_found')
  const lines = await manualRowsOf(ctx.db, releaseId, which, MOST_SHEETS + 1)
  if (lines.length === 0) throw new Refusal('release.no_sheets')
  if (lines.length > MOST_SHEETS) throw new Refusal('release.too_many_sheets', { most: MOST_SHEETS })
  const outlets = await outletsByIds(
    ctx.db,
    lines.map(({ outletId }) => outletId),
  )
  return {
    release,
    ...(await said(ctx, release, content)),
    rows: lines.flatMap((row) => {
      const outlet = outlets.get(row.outletId)
      const renditions = content.renditions.filter(({ id }) => row.renditions.some((given) => given === id))
      return outlet ? [{ row, outlet, renditions }] : []
    }),
  }
}

/** The sheet row of one task. @throws Refusal `release.no_sheets` where the task is no manual row */
export async function sheetRowOfTask(ctx: Ctx, taskId: Id<'task'>): Promise<SheetRows> {
  const row = await deliveryOfTask(ctx.db, taskId)
  if (!row) throw new Refusal('release.no_sheets')
  return sheetRowsOf(ctx, row.releaseId, { channel: row.channel, taskId })
}

/** The title of the master and the hotlines that it or a rendition says. */
async function said(ctx: Ctx, release: Release, content: Content): Promise<Pick<SheetRows, 'title' | 'hotlines'>> {
  const message = await messageById(ctx.db, release.messageId)
  const words = message && (await versionOf(ctx.db, message.id, message.currentVersion))
  const hotlines = await factsOf(ctx.db, ['hotline'])
  const byCode = new Map(hotlines.map((fact) => [fact.code, fact]))
  const master = words ? MASTER_FIELDS.map((field) => printFacts(words[field], byCode)) : []
  const codes = new Set(master.flatMap((printed) => printed.codes))
  const text = content.renditions.flatMap(({ fields }) => Object.values(fields)).join('\n')
  const isSaid = (fact: Fact) => codes.has(fact.code) || standsIn(text, fact.value)
  return {
    title: master[0]?.text || (message?.workingTitle ?? ''),
    hotlines: hotlines.filter(isSaid).map(({ name, value }) => ({ name, number: value })),
  }
}

/** Whether a number stands by itself: `111` is not in `1110` nor in `1.111`. */
function standsIn(text: string, number: string): boolean {
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at)
    const after = text.charAt(at + number.length)
    if (!/\d[.,]?$/.test(before) && !/\d/.test(after)) return true
  }
  return false
}
