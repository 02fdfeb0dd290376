import { dayAt, newId, type Ctx, type Id } from '../kernel/index.ts'
import { mediaById, whyNotUse } from '../media/index.ts'
import { releaseById, type Sending } from '../release/index.ts'
import { standsAtBoard } from '../station/index.ts'
import { lockBoard, touchBoard } from './board.store.ts'
import type { Board, Showing, ShowingClass } from './board.ts'
import { insertShowings, insertTakeback, isTakenBack, withdrawShowings } from './showing.store.ts'

/** Without an end of its own a release stands this long on a board; then it is said anew or it is stale. */
const STANDS_DAYS = 30
/** Letters that pass in a second for who reads in passing; an estimate of ours, as in the rules of the channel. */
const LETTERS_A_SECOND = 8
const [LEAST_SECONDS, MOST_SECONDS] = [8, 60]

export type Laid = { readonly kind: 'laid' } | { readonly kind: 'refused'; readonly reason: string }

type Row = Pick<
  Sending,
  'deliveryId' | 'releaseId' | 'ofReleaseId' | 'messageId' | 'kind' | 'corrects' | 'lane' | 'expiresAt' | 'renditions'
> & { readonly outletId: Id<'outlet'> }

/** Lays what a row brings on its board, in the place of what it corrects or replaces. Done twice it is done once. */
export async function layShowings(ctx: Ctx, row: Row): Promise<Laid> {
  const { outletId, releaseId, renditions, lane } = row
  if (renditions.length === 0) return refused('nothing_to_say')
  const release = await releaseById(ctx.db, releaseId)
  if (lane === 'emergency' && release?.campaignId) return refused('board_campaign_emergency')
  return ctx.db.transaction().execute(async (db) => {
    const inside = { ...ctx, db, inTransaction: true }
    const board = await lockBoard(db, outletId)
    if (!(await isReached(inside, board))) return refused('board_no_address')
    // A worker that was late lays nothing behind its own recall.
    if (await isTakenBack(db, outletId, releaseId)) return refused('recalled')
    const showings: Showing[] = []
    for (const rendition of renditions) {
      const showing = await showingOf(inside, row, rendition, board)
      if (typeof showing === 'string') return refused(showing)
      showings.push(showing)
    }
    const now = ctx.clock.now()
    if (row.corrects && row.ofReleaseId) {
      await withdrawShowings(db, outletId, { releaseIds: await chainOf(inside, row.ofReleaseId), messageId: null }, now)
    }
    if ((await insertShowings(db, showings)) > 0) await touchBoard(db, outletId)
    return { kind: 'laid' }
  })
}

/** Takes down what a recall is about. `done`: nothing can be showing it, for nothing reaches it. */
export async function takeBack(ctx: Ctx, row: Row): Promise<'done' | 'waits'> {
  const { outletId, deliveryId, releaseId, ofReleaseId, messageId } = row
  if (!ofReleaseId) return 'done'
  return ctx.db.transaction().execute(async (db) => {
    const inside = { ...ctx, db, inTransaction: true }
    const board = await lockBoard(db, outletId)
    const releaseIds = await chainOf(inside, ofReleaseId)
    await withdrawShowings(db, outletId, { releaseIds, messageId }, ctx.clock.now())
    const version = await touchBoard(db, outletId)
    if (board.heardAt === null || !(await isReached(inside, board))) return 'done'
    await insertTakeback(db, { deliveryId, outletId, releaseId, ofReleaseId, version })
    return 'waits'
  })
}

/** Whether a browser may show it, or a device of its own. */
async function isReached(ctx: Ctx, { outletId, tokenSealed }: Board): Promise<boolean> {
  return tokenSealed !== null || (await standsAtBoard(ctx.db, outletId))
}

/** A release and all that it follows, up to the first. */
async function chainOf(ctx: Ctx, releaseId: Id<'release'>): Promise<Id<'release'>[]> {
  const chain: Id<'release'>[] = []
  for (let at: Id<'release'> | null = releaseId; at && !chain.includes(at);) {
    chain.push(at)
    at = (await releaseById(ctx.db, at))?.ofReleaseId ?? null
  }
  return chain
}

/** What a rendition is on this board, or why it cannot be. */
async function showingOf(
  ctx: Ctx,
  row: Row,
  { language, fields }: Row['renditions'][number],
  { takes }: Board,
): Promise<Showing | string> {
  const now = ctx.clock.now()
  const line = fields['line'] ?? ''
  const words = takes === 'line' ? line : fields['notice'] || line
  if (words === '') return 'nothing_to_say'
  const media = takes === 'line' ? null : await mediaIn(ctx, fields['media'] ?? '')
  if (media === 'unusable') return 'board_media'
  return {
    ...{ outletId: row.outletId, releaseId: row.releaseId, deliveryId: row.deliveryId, messageId: row.messageId },
    ...{ id: newId<'showing'>(), class: row.lane satisfies ShowingClass, language, words, mediaId: media?.id ?? null },
    kind: media ? media.kind : takes === 'line' ? 'line' : 'notice',
    seconds: secondsFor(words),
    fromAt: now,
    untilAt: row.expiresAt ?? new Date(now.getTime() + STANDS_DAYS * 86_400_000),
    madeAt: now,
    withdrawnAt: null,
  }
}

/** The picture or film that goes with it, if it may be shown today. */
async function mediaIn(ctx: Ctx, named: string) {
  if (named === '') return null
  const media = await mediaById(ctx.db, named as Id<'media'>) // the rules of the channel let nothing else by
  const kind = media?.kind === 'picture' ? 'picture' : media?.kind === 'video' ? 'film' : null
  if (!media || !kind || whyNotUse(media, dayAt(ctx.clock.now()))) return 'unusable'
  return { id: media.id, kind } as const
}

function secondsFor(words: string): number {
  const read = Math.ceil([...words].length / LETTERS_A_SECOND)
  return Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, read))
}

function refused(reason: string): Laid {
  return { kind: 'refused', reason }
}
