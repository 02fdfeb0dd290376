import { newId, type Ctx, type Db } from '../kernel/index.ts'
import { releaseById, type Release } from '../release/index.ts'
import { insertItems, languagesOfDelivery, newestOfMessage } from './item.store.ts'
import type { Editorial, PressItem } from './item.ts'
import { insertKit } from './kit.store.ts'
import { mailKitJob } from './press.jobs.ts'
import { lockWire, updateWire } from './wire.store.ts'

/** What a release brings to one newsroom. */
export interface Given extends Pick<
  PressItem,
  | 'outletId'
  | 'deliveryId'
  | 'releaseId'
  | 'messageId'
  | 'lane'
  | 'author'
  | 'located'
  | 'themes'
  | 'places'
  | 'expiresAt'
> {
  readonly kind: Release['kind']
  /** True where the newsroom has what is corrected or replaced. */
  readonly corrects: boolean
  readonly words: readonly Pick<PressItem, 'language' | 'title' | 'lead' | 'body' | 'contact'>[]
  /** Whether a press kit goes by mail beside it. */
  readonly mailed: boolean
}

/**
 * Puts what a release brings on the wire of a newsroom, each language with the next number. Done twice it is done once.
 * Answers how many items came to stand, or null while the wire is shut.
 */
export async function putOnWire(ctx: Ctx, given: Given): Promise<number | null> {
  return ctx.db.transaction().execute(async (db) => {
    const wire = await lockWire(db, given.outletId)
    if (!wire.secretSealed) return null
    const there = await languagesOfDelivery(db, given.outletId, given.deliveryId)
    const standing = await newestOfMessage(db, given.outletId, given.messageId)
    if (await isTakenBack(db, given, standing)) return 0
    const now = ctx.clock.now()
    const items = versionsOf(given, standing)
      .filter(({ language }) => !there.has(language))
      .map((words, at) => itemOf(given, words, standing.get(words.language), wire.lastSequence + at + 1, now))
    await insertItems(db, items)
    if (items.length > 0) await updateWire(db, given.outletId, { lastSequence: wire.lastSequence + items.length })
    if (given.mailed && (await insertKit(db, given.deliveryId, given.outletId, now))) {
      await ctx.jobs.add(db, mailKitJob, { deliveryId: given.deliveryId })
    }
    return items.length
  })
}

/** Whether the recall of this very release was here first: a worker that was late puts nothing up behind it. */
async function isTakenBack(db: Db, given: Given, standing: ReadonlyMap<string, PressItem>): Promise<boolean> {
  for (const { editorial, releaseId } of standing.values()) {
    if (editorial === 'kill' && (await releaseById(db, releaseId))?.ofReleaseId === given.releaseId) return true
  }
  return false
}

type Version = Given['words'][number] & { readonly editorial: Editorial }

/** What comes to stand: each language with its words, and a kill of each language that has none any more. */
function versionsOf(given: Given, standing: ReadonlyMap<string, PressItem>): Version[] {
  const takesBack = given.kind === 'recall' || given.corrects
  const words = given.kind === 'recall' ? [] : given.words
  const dropped = [...standing.values()].filter(
    (item) => takesBack && item.editorial !== 'kill' && !words.some(({ language }) => language === item.language),
  )
  return [
    ...words.map((one) => ({ ...one, editorial: editorialOf(given) })),
    ...dropped.map((item) => ({ ...item, lead: '', body: '', editorial: 'kill' as const })),
  ]
}

function editorialOf({ kind, corrects }: Given): Editorial {
  return corrects && kind !== 'original' && kind !== 'recall' ? kind : 'news'
}

function itemOf(given: Given, words: Version, before: PressItem | undefined, sequence: number, now: Date): PressItem {
  const { outletId, deliveryId, releaseId, messageId, lane, author, located, themes, places, expiresAt } = given
  const { language, title, lead, body, contact, editorial } = words
  return {
    ...{ outletId, deliveryId, releaseId, messageId, lane, author, located, themes, places, expiresAt },
    ...{ language, title, lead, body, contact, editorial },
    id: newId<'press_item'>(),
    sequence,
    version: (before?.version ?? 0) + 1,
    firstAt: before?.firstAt ?? now,
    at: now,
  }
}

