import { newId, type Ctx, type Db, type Id } from '../kernel/index.ts'
import { releaseById, type Release } from '../release/index.ts'
import { insertItems, newestOfMessage, standsAlready } from './item.store.ts'
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
  /** What a correction, a replacement or a recall follows. */
  readonly ofReleaseId: Id<'release'> | null
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
    // All items of a delivery come to stand in one transaction: where one is, all are.
    if (await standsAlready(db, given.outletId, given.deliveryId)) return 0
    const standing = await newestOfMessage(db, given.outletId, given.messageId)
    if (await isFollowed(db, given, standing)) return 0
    const now = ctx.clock.now()
    const items = versionsOf(given, standing, await replacedBy(db, given)).map((version, at) =>
      itemOf(given, version, wire.lastSequence + at + 1, now),
    )
    await insertItems(db, items)
    if (items.length > 0) await updateWire(db, given.outletId, { lastSequence: wire.lastSequence + items.length })
    if (given.mailed && (await insertKit(db, given.deliveryId, given.outletId, now))) {
      await ctx.jobs.add(db, mailKitJob, { deliveryId: given.deliveryId })
    }
    return items.length
  })
}

/** Whether what takes this very release back, or its place, was here first: a worker that was late puts nothing up behind it. */
async function isFollowed(db: Db, given: Given, standing: Standing): Promise<boolean> {
  for (const releaseId of new Set([...standing.values()].map((item) => item.releaseId))) {
    if ((await releaseById(db, releaseId))?.ofReleaseId === given.releaseId) return true
  }
  return false
}

/** What stands of the message that is replaced by another; nothing where the message is the same. */
async function replacedBy(db: Db, given: Given): Promise<PressItem[]> {
  const old = given.kind === 'replacement' && given.ofReleaseId ? await releaseById(db, given.ofReleaseId) : null
  if (!old || old.messageId === given.messageId) return []
  return [...(await newestOfMessage(db, given.outletId, old.messageId)).values()]
}

type Standing = ReadonlyMap<string, PressItem>
type Version = Given['words'][number] &
  Pick<PressItem, 'editorial' | 'messageId'> & { readonly before: PressItem | undefined }

/** What comes to stand: each language with its words, and a kill of whatever has none any more. */
function versionsOf(given: Given, standing: Standing, replaced: readonly PressItem[]): Version[] {
  const words = given.kind === 'recall' ? [] : given.words
  const takesBack = given.kind === 'recall' || given.corrects
  const dropped = [...standing.values()].filter(({ language }) => !words.some((one) => one.language === language))
  return [
    ...words.map((one) => ({
      ...one,
      messageId: given.messageId,
      editorial: editorialOf(given),
      before: standing.get(one.language),
    })),
    ...(takesBack ? [...dropped, ...replaced] : [])
      .filter(({ editorial }) => editorial !== 'kill')
      .map((item) => ({ ...item, lead: '', body: '', editorial: 'kill' as const, before: item })),
  ]
}

function editorialOf({ kind, corrects }: Given): Editorial {
  return corrects && kind !== 'original' && kind !== 'recall' ? kind : 'news'
}

function itemOf(given: Given, { before, ...version }: Version, sequence: number, now: Date): PressItem {
  const { outletId, deliveryId, releaseId, lane, author, located, themes, places, expiresAt } = given
  const { messageId, language, title, lead, body, contact, editorial } = version
  return {
    ...{ outletId, deliveryId, releaseId, lane, author, located, themes, places, expiresAt },
    ...{ messageId, language, title, lead, body, contact, editorial },
    id: newId<'press_item'>(),
    sequence,
    version: (before?.version ?? 0) + 1,
    firstAt: before?.firstAt ?? now,
    at: now,
  }
}
