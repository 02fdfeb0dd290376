import { createHash, randomBytes } from 'node:crypto'
import { Refusal, type Ctx, type Id } from '../kernel/index.ts'
import type { Outlet } from '../outlet/index.ts'

export const BOARD_TAKES = ['all', 'line'] as const
/** What a board can show: a screen takes all, light-emitting letters one line of words at a time. */
export type BoardTakes = (typeof BOARD_TAKES)[number]

/** An outlet that shows (bảng tin điện tử): by browsers at its secret address, or by a device of its own. */
export interface Board {
  readonly outletId: Id<'outlet'>
  readonly takes: BoardTakes
  /** That one line of it can show; null where that is not a question. */
  readonly letters: number | null
  /** Null while it is shut: then its address leads nowhere. */
  readonly tokenSealed: string | null
  readonly openedAt: Date | null
  /** Counts on with every change of what it is to show. */
  readonly version: number
  /** The version it has fetched. */
  readonly heldVersion: number
  readonly heardAt: Date | null
}

/** A browser that shows a board, with a key of its own (màn hình). The first at an address is trusted, others wait. */
export interface Screen {
  readonly id: Id<'board_screen'>
  readonly outletId: Id<'outlet'>
  /** ECDSA P-256, the uncompressed point: 65 bytes (SEC 1 §2.3.3). */
  readonly publicKey: Uint8Array
  readonly state: 'waiting' | 'trusted' | 'revoked'
  readonly enrolledAt: Date
  readonly lastSeq: number
  readonly lastHash: string
}

export type ShowingKind = 'line' | 'notice' | 'picture' | 'film'
export type ShowingClass = 'ordinary' | 'priority' | 'emergency'

/** What a board shows in one language from when until when, in turn with others (nội dung hiển thị). */
export interface Showing {
  readonly id: Id<'showing'>
  readonly outletId: Id<'outlet'>
  readonly releaseId: Id<'release'>
  readonly deliveryId: Id<'delivery'>
  readonly messageId: Id<'message'>
  readonly class: ShowingClass
  readonly kind: ShowingKind
  /** BCP 47. */
  readonly language: string
  readonly words: string
  readonly mediaId: Id<'media'> | null
  /** How long one turn of it is. */
  readonly seconds: number
  readonly fromAt: Date
  readonly untilAt: Date
  readonly madeAt: Date
  readonly withdrawnAt: Date | null
}

/** Turns of a showing in each round: what has priority comes by twice. */
export const TURNS = { ordinary: 1, priority: 2, emergency: 1 } as const satisfies Record<ShowingClass, number>

/** A board that is asked less often than this is taken for off. */
export const SILENT_AFTER_MS = 5 * 60_000

export function newBoardToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database finds it by: a copy of the database opens no board. */
export function hashOfBoardToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export function isBoardToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}

export function aboutBoard(outletId: Id<'outlet'>): string {
  return `board:${outletId}`
}

/** The secret part of a board's address; null while it is shut, or where the key of the box is another. */
export async function tokenOf(ctx: Ctx, board: Pick<Board, 'outletId' | 'tokenSealed'> | null): Promise<string | null> {
  return board?.tokenSealed ? ctx.secrets.open(board.tokenSealed, aboutBoard(board.outletId)) : null
}

/** Why an outlet is no board of ours; null when it is. */
export function whyNotBoard(outlet: Pick<Outlet, 'kind' | 'channel' | 'means'> | null): Refusal | null {
  const is = outlet?.kind === 'led_board' && outlet.channel === 'board' && outlet.means === 'machine'
  return is ? null : new Refusal('board.no_board')
}
