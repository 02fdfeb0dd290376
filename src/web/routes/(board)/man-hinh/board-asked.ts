import { boardOfToken, boardProgramme, type Board, type BoardProgramme } from '#core/board/index.ts'
import { Refusal, timeAt, type Ctx } from '#core/kernel/index.ts'
import { paths } from '#web/paths.ts'

/** Nobody finds such an address but who was given it, and no cache keeps what it says. */
export const SECRET_BOARD = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' } as const

/** @throws Refusal `board.no_address` for an address that opens no board. */
export async function boardAsked(ctx: Ctx, token: string): Promise<Board> {
  const board = await boardOfToken(ctx, token)
  if (!board) throw new Refusal('board.no_address')
  return board
}

/** The programme as a screen reads it: moments in milliseconds, media by their addresses. */
export async function shownProgramme(ctx: Ctx, board: Board, token: string) {
  const programme = await boardProgramme(ctx, board)
  return { ...programme, now: programme.now.getTime(), showings: programme.showings.map((one) => shown(one, token)) }
}
export type ShownProgramme = Awaited<ReturnType<typeof shownProgramme>>
export type ShownShowing = ReturnType<typeof shown>

function shown({ fromAt, untilAt, media, ...one }: BoardProgramme['showings'][number], token: string) {
  return {
    ...one,
    from: fromAt.getTime(),
    until: untilAt.getTime(),
    media: media && { address: paths.screenMedia(token, media.id), alternative: media.alternative },
  }
}

/**
 * One showing for a page that only refreshes itself: by turns of ten seconds, an emergency alone. Null where nothing is
 * to be shown.
 */
export function showingNow({ showings, now }: ShownProgramme): ShownShowing | null {
  const standing = showings.filter(({ from, until }) => from <= now && now < until)
  const emergencies = standing.filter((one) => one.class === 'emergency')
  const round = emergencies.length > 0 ? emergencies : standing
  return round[Math.floor(now / TURN_MS) % round.length] ?? null
}

export const TURN_MS = 10_000

/** After dark the screen glares less. */
export function isNight(now: number): boolean {
  const time = timeAt(new Date(now))
  return time < '06:00' || time >= '18:00'
}

/** How large words can be, by how many there are. */
export function sizeOfWords(words: string): 's' | 'm' | 'l' | 'xl' {
  const letters = [...words].length
  return letters <= 60 ? 'xl' : letters <= 140 ? 'l' : letters <= 260 ? 'm' : 's'
}
