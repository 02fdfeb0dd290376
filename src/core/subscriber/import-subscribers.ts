import * as v from 'valibot'
import { action, dayAt, idOf, newId, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { hashOf, sealedFor, type ContactKind } from './contact.ts'
import { insertImport, takeImport } from './import.store.ts'
import { listMay, listOf } from './list.ts'
import {
  readSubscriberRows,
  SUBSCRIBER_COLUMNS,
  type BadSubscriberCell,
  type ReadSubscriber,
  type SubscriberRow,
} from './subscriber-table.ts'
import { insertSubscribers, subscribersByHashes } from './subscriber.store.ts'
import { insertImported } from './subscription.store.ts'

const cell = v.pipe(v.string(), v.trim(), v.maxLength(2_000))
const Row = v.object(
  Object.fromEntries(SUBSCRIBER_COLUMNS.map((column) => [column, cell])) as Record<keyof SubscriberRow, typeof cell>, // each column once
)
const DAY_MS = 24 * 3_600_000

export interface SubscriberPreview {
  /** What waits to be put in; null while there is a bad cell. */
  readonly importId: Id<'subscriber_import'> | null
  readonly given: number
  /** Contact points that no list knew. */
  readonly unknown: number
  /** Of them nothing is sent, whatever list they are put in. */
  readonly suppressed: number
  readonly bad: readonly BadSubscriberCell[]
}

/** What putting a table into a list would do. Its contacts wait sealed for a day: a file of them never lies open. */
export const previewSubscribers = action('subscriber.preview_import', {
  input: v.object({ outletId: idOf<'outlet'>(), rows: v.pipe(v.array(Row), v.maxLength(20_000)) }),
  may: listMay,
  records: ({ outletId }, { given }: SubscriberPreview) => ({
    subject: 'outlet',
    subjectId: outletId,
    facts: { rows: given },
  }),
  async run(ctx, { outletId, rows }): Promise<SubscriberPreview> {
    const { contactKind } = await listOf(ctx, outletId)
    const now = ctx.clock.now()
    const { good, bad } = readSubscriberRows(rows, contactKind, dayAt(now))
    const known = await subscribersByHashes(ctx.db, contactKind, await hashesOf(ctx, contactKind, good))
    const suppressed = [...known.values()].filter(({ suppressedAt }) => suppressedAt !== null).length
    const counts = { given: good.length, unknown: good.length - known.size, suppressed, bad }
    if (bad.length > 0 || good.length === 0) return { ...counts, importId: null }
    const importId = newId<'subscriber_import'>()
    const sealed = await ctx.secrets.seal(JSON.stringify(good), `subscriber_import:${importId}`)
    await insertImport(ctx.db, { id: importId, outletId, sealed, createdAt: now }, new Date(now.getTime() - DAY_MS))
    return { ...counts, importId }
  },
})

/**
 * Puts a previewed table into its list, with who asked for consent and when. Whoever left by their own will, or is not to
 * be written to, stays away.
 *
 * @throws Refusal `sheet.gone` when it was put in already or has waited for over a day.
 */
export const importSubscribers = action('subscriber.import', {
  input: v.object({ importId: idOf<'subscriber_import'>(), outletId: idOf<'outlet'>() }),
  may: listMay,
  records: ({ outletId }, { added, given }: { added: number; given: number }) => ({
    subject: 'outlet',
    subjectId: outletId,
    facts: { added, given },
  }),
  async run(ctx, { importId, outletId }) {
    const kept = await takeImport(ctx.db, importId)
    const text =
      kept?.outletId === outletId ? await ctx.secrets.open(kept.sealed, `subscriber_import:${importId}`) : null
    if (text === null) throw new Refusal('sheet.gone', {}, 'file')
    const { contactKind } = await listOf(ctx, outletId)
    const rows = JSON.parse(text) as ReadSubscriber[] // sealed by previewSubscribers
    return { added: await putIn(ctx, outletId, contactKind, rows), given: rows.length }
  },
})

async function putIn(
  ctx: Ctx,
  outletId: Id<'outlet'>,
  contactKind: ContactKind,
  rows: readonly ReadSubscriber[],
): Promise<number> {
  const createdAt = ctx.clock.now()
  const hashes = await hashesOf(ctx, contactKind, rows)
  const known = await subscribersByHashes(ctx.db, contactKind, hashes)
  const unknown = rows.map((row, at) => ({ ...row, hash: hashes[at] ?? '' })).filter(({ hash }) => !known.has(hash))
  const born = []
  for (const { contact, language, hash } of unknown) {
    const id = newId<'subscriber'>()
    const contactSealed = await ctx.secrets.seal(contact, sealedFor(id))
    born.push({ id, contactKind, contactHash: hash, contactSealed, language, createdAt })
  }
  await insertSubscribers(ctx.db, born)
  const now = await subscribersByHashes(ctx.db, contactKind, hashes)
  const members = rows.flatMap(({ consentOn, consentNote }, at) => {
    const one = now.get(hashes[at] ?? '')
    return one && !one.suppressedAt && !one.erasedAt ? [{ subscriberId: one.id, consentOn, consentNote }] : []
  })
  return insertImported(ctx.db, outletId, members, createdAt)
}

async function hashesOf(ctx: Ctx, kind: ContactKind, rows: readonly ReadSubscriber[]): Promise<string[]> {
  const hashes = []
  for (const { contact } of rows) hashes.push(await hashOf(ctx, kind, contact))
  return hashes
}
