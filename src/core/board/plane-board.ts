import type { Ctx, Id } from '../kernel/index.ts'
import { boardMedia, boardProgramme, mediaStanding, type BoardProgramme } from './board-programme.ts'
import { linesFor, secondsOf } from './board-lines.ts'
import { boardOf } from './board.store.ts'
import type { Board, BoardTakes, ShowingClass } from './board.ts'

/** More than this no device is asked to fetch: the words stand alone. */
const MOST_BYTES = 60_000_000
const MOST_ALTERNATIVE = 1_000

/** A showing as a device shows it. */
export interface PlaneShowing {
  readonly id: Id<'showing'>
  readonly class: ShowingClass
  readonly language: string
  readonly lines: readonly string[]
  readonly file: PlaneFile | null
  readonly seconds: number
  readonly from: Date
  readonly until: Date
}

/** A picture or film that stands on a board, by its hash. */
export interface PlaneFile {
  readonly sha256: string
  readonly bytes: number
  readonly mime: string
  /** What it shows, in words. */
  readonly alternative: string
}

/** All that the device of a board is to hold. */
export interface PlaneShowings {
  readonly version: number
  readonly takes: BoardTakes
  readonly showings: readonly PlaneShowing[]
  /** `111 Tổng đài …`: stand while nothing else does. */
  readonly hotlines: readonly string[]
}

/** What the device of a board is to show now and in the days to come; null for a board that is not there. */
export async function planeShowings(ctx: Ctx, outletId: Id<'outlet'>): Promise<PlaneShowings | null> {
  const board = await boardOf(ctx.db, outletId)
  if (!board) return null
  const { version, showings, hotlines } = await boardProgramme(ctx, board)
  const lines = hotlines.flatMap(({ number, name }) => linesFor(`${number} ${name}`, board.letters))
  return {
    ...{ version, takes: board.takes, hotlines: lines },
    showings: await Promise.all(showings.map((one) => shownBy(ctx, board, one))),
  }
}

async function shownBy(ctx: Ctx, board: Board, showing: BoardProgramme['showings'][number]): Promise<PlaneShowing> {
  const { id, class: urgency, language, words, seconds, fromAt, untilAt, media } = showing
  const lines = linesFor(words, board.letters)
  const file = media ? await sized(ctx, await boardMedia(ctx, board.outletId, media.id)) : null
  return {
    ...{ id, class: urgency, language, lines, seconds: secondsOf(seconds, board.takes === 'line' ? lines.length : 1) },
    ...{ file, from: fromAt, until: untilAt },
  }
}

async function sized(ctx: Ctx, file: Awaited<ReturnType<typeof boardMedia>>): Promise<PlaneFile | null> {
  const bytes = file && (await ctx.files.size(file.sha256))
  if (!file || !bytes || bytes > MOST_BYTES) return null
  return { ...file, bytes, alternative: file.alternative.slice(0, MOST_ALTERNATIVE) }
}

/** What a device may fetch by its hash: what stands on its board today and may be used. */
export async function fileMeantFor(ctx: Ctx, outletId: Id<'outlet'>, sha256: string): Promise<PlaneFile | null> {
  for (const id of await mediaStanding(ctx, outletId)) {
    const file = await boardMedia(ctx, outletId, id)
    if (file?.sha256 === sha256) return sized(ctx, file)
  }
  return null
}
