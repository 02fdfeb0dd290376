import * as v from 'valibot'
import { action, asSystem, dayAt, idOf, type Ctx, type Id } from '../kernel/index.ts'
import { mediaById, sizeOf, whyNotUse, type Media } from '../media/index.ts'
import { outletById } from '../outlet/index.ts'
import { hotlinesToday } from '../portal/index.ts'
import { closeRows } from '../release/index.ts'
import { daysAhead } from '../station/index.ts'
import { boardByHash, setHeard } from './board.store.ts'
import { hashOfBoardToken, isBoardToken, TURNS, type Board, type Showing } from './board.ts'
import { closeTakebacks, mediaShownAt, showingsAt, showsMedia } from './showing.store.ts'

/** How far ahead a screen knows what it will show, for when its network is gone. */
export function aheadMs(): number {
  return daysAhead() * 86_400_000
}

/** What a screen is told to show, all times by our clock. */
export interface BoardProgramme {
  readonly version: number
  readonly now: Date
  readonly name: string
  readonly hotlines: readonly { readonly name: string; readonly number: string }[]
  readonly showings: readonly (Pick<
    Showing,
    'id' | 'class' | 'kind' | 'language' | 'words' | 'seconds' | 'fromAt' | 'untilAt'
  > & {
    readonly turns: number
    readonly media: { readonly id: Id<'media'>; readonly alternative: string } | null
  })[]
}

/** The board that an address opens; null for an address that opens none, or none any more. */
export async function boardOfToken(ctx: Ctx, token: string): Promise<Board | null> {
  return isBoardToken(token) ? boardByHash(ctx.db, hashOfBoardToken(token)) : null
}

/** What a board shows, now and in the days to come. What may not be used any more today is left out. */
export async function boardProgramme(ctx: Ctx, board: Board): Promise<BoardProgramme> {
  const now = ctx.clock.now()
  const outlet = await outletById(ctx.db, board.outletId)
  const found = await showingsAt(ctx.db, board.outletId, now, aheadMs())
  const showings = []
  for (const showing of found) {
    const { id, class: urgency, kind, language, words, seconds, fromAt, untilAt, mediaId } = showing
    const media = mediaId && (await usable(ctx, mediaId))
    const given = { id, language, words, seconds, fromAt, untilAt, class: urgency, turns: TURNS[urgency] }
    // Where the rights are over, the words stay.
    if (mediaId && !media) showings.push({ ...given, kind: 'notice' as const, media: null })
    else showings.push({ ...given, kind, media: media ? { id: media.id, alternative: media.alternative } : null })
  }
  // A paused board shows nothing but the number to call.
  const shown = outlet?.pausedAt ? [] : showings
  return { version: board.version, now, name: outlet?.name ?? '', hotlines: await hotlinesToday(ctx), showings: shown }
}

async function usable(ctx: Ctx, id: Id<'media'>): Promise<Media | null> {
  const media = await mediaById(ctx.db, id)
  return media && !whyNotUse(media, dayAt(ctx.clock.now())) ? media : null
}

/** Pictures and films that stand on a board now or will in the days to come, whether they may be used or not. */
export async function mediaStanding(ctx: Ctx, outletId: Id<'outlet'>): Promise<Id<'media'>[]> {
  const outlet = await outletById(ctx.db, outletId)
  return outlet?.pausedAt ? [] : mediaShownAt(ctx.db, outletId, ctx.clock.now(), aheadMs())
}

/** The file of a picture or film that stands on this board; no other leaves by its address. */
export async function boardMedia(ctx: Ctx, outletId: Id<'outlet'>, id: Id<'media'>) {
  if (!(await showsMedia(ctx.db, outletId, id, ctx.clock.now()))) return null
  const media = await usable(ctx, id)
  if (!media) return null
  // A picture is made anew from its points; a film has no sizes.
  const size = media.kind === 'picture' ? await sizeOf(ctx.db, id, 'large') : null
  if (media.kind === 'picture' && !size) return null
  const { alternative } = media
  return { sha256: size?.sha256 ?? media.sha256, mime: size?.mime ?? media.mime, alternative }
}

/** A screen or the device of a board holds this version. What it showed is its own affair: the record keeps nothing. */
export const noteBoardHeard = action('board.note_heard', {
  input: v.object({ outletId: idOf<'outlet'>(), held: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  may: { who: 'anybody' },
  records: () => null,
  async run(ctx, { outletId, held }) {
    const now = ctx.clock.now()
    await setHeard(ctx.db, outletId, held, now)
    const rows = await closeTakebacks(ctx.db, outletId, held, now)
    const ends = rows.map((row) => ({ ...row, end: 'heard' as const, reason: '' }))
    if (ends.length > 0) await closeRows(asSystem(ctx, 'board'), ends)
  },
})
