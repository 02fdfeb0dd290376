import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Board, BoardTakes, Screen } from './board.ts'

const BOARD = ['outletId', 'takes', 'letters', 'tokenSealed', 'openedAt', 'version', 'heldVersion', 'heardAt'] as const
const SCREEN = ['id', 'outletId', 'publicKey', 'state', 'enrolledAt', 'lastSeq', 'lastHash'] as const

export async function boardOf(db: Db, outletId: Id<'outlet'>): Promise<Board | null> {
  const row = await db.selectFrom('board').select(BOARD).where('outletId', '=', outletId).executeTakeFirst()
  return (row as Board | undefined) ?? null
}

export async function boardByHash(db: Db, tokenHash: string): Promise<Board | null> {
  const row = await db.selectFrom('board').select(BOARD).where('tokenHash', '=', tokenHash).executeTakeFirst()
  return (row as Board | undefined) ?? null
}

/** The board, made when it is not there yet, locked until the transaction ends. */
export async function lockBoard(db: Db, outletId: Id<'outlet'>): Promise<Board> {
  await db
    .insertInto('board')
    .values({ outletId })
    .onConflict((clash) => clash.doNothing())
    .execute()
  const row = await db
    .selectFrom('board')
    .select(BOARD)
    .where('outletId', '=', outletId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return row as Board
}

export type BoardChange = Partial<Pick<Board, 'takes' | 'letters' | 'tokenSealed' | 'openedAt'>> & {
  readonly tokenHash?: string | null
}

export async function updateBoard(db: Db, outletId: Id<'outlet'>, change: BoardChange): Promise<void> {
  await db.updateTable('board').set(change).where('outletId', '=', outletId).execute()
}

/**
 * Counts on what a board is to show and notifies `loa_boards`, both with the transaction; answers the new version.
 */
export async function touchBoard(db: Db, outletId: Id<'outlet'>): Promise<number> {
  const { version } = await db
    .updateTable('board')
    .set({ version: sql<number>`version + 1` })
    .where('outletId', '=', outletId)
    .returning(['version', sql`pg_notify('loa_boards', '')`.as('told')])
    .executeTakeFirstOrThrow()
  return version
}

/** Notes that a board was heard; written a few times a minute at most unless it holds another version. */
export async function setHeard(db: Db, outletId: Id<'outlet'>, held: number, now: Date): Promise<void> {
  await db
    .updateTable('board')
    .set({ heardAt: now, heldVersion: sql<number>`least(version, ${held}::bigint)` })
    .where('outletId', '=', outletId)
    .where(
      sql<boolean>`(heard_at is null or heard_at < ${now}::timestamptz - interval '20 seconds' or held_version <> least(version, ${held}::bigint))`,
    )
    .execute()
}

export interface BoardLine extends Omit<Board, 'tokenSealed' | 'letters'> {
  readonly code: string
  readonly name: string
  readonly place: string
  readonly open: boolean
  /** Of its own device, where it has one: its code, whether it has enrolled, and what it says is broken. */
  readonly device: string | null
  readonly enrolled: boolean
  readonly faults: readonly string[]
  readonly showings: number
}

/** Boards that a machine serves, by code, after a code; also those that were never opened. */
export async function boardsAfter(db: Db, after: string | null, limit: number, now: Date): Promise<BoardLine[]> {
  let query = db
    .selectFrom('outlet')
    .innerJoin('place', 'place.id', 'outlet.placeId')
    .leftJoin('board', 'board.outletId', 'outlet.id')
    .leftJoin('device', (on) => on.onRef('device.boardId', '=', 'outlet.id').on('device.state', '<>', 'revoked'))
    .leftJoin('deviceState', 'deviceState.deviceId', 'device.id')
    .select(['outlet.id as outletId', 'outlet.code', 'outlet.name', 'place.name as place', 'openedAt'])
    .select(['board.heardAt', 'device.code as device'])
    .select([
      sql<BoardTakes>`coalesce(board.takes, 'all')`.as('takes'),
      sql<boolean>`board.token_hash is not null`.as('open'),
      sql<boolean>`coalesce(device.state = 'enrolled', false)`.as('enrolled'),
      sql<readonly string[]>`coalesce(device_state.faults, '{}')`.as('faults'),
      sql<number>`coalesce(board.version, 1)`.as('version'),
      sql<number>`coalesce(board.held_version, 0)`.as('heldVersion'),
      sql<number>`(select count(*)::int from showing where showing.outlet_id = outlet.id and withdrawn_at is null
        and from_at <= ${now}::timestamptz and until_at > ${now}::timestamptz)`.as('showings'),
    ])
    .where('outlet.kind', '=', 'led_board')
    .where('outlet.channel', '=', 'board')
    .where('outlet.means', '=', 'machine')
    .orderBy('outlet.code')
    .limit(limit)
  if (after) query = query.where('outlet.code', '>', after)
  return (await query.execute()) as BoardLine[] // ids as the table has them
}

/** A board that has a device, with all that tells whether the device is to hold something else. */
export interface PlaneBoard {
  readonly id: Id<'outlet'>
  readonly code: string
  readonly version: number
  readonly takes: BoardTakes
  readonly letters: number | null
  readonly paused: boolean
}

/** Boards whose device has enrolled, by code. */
export async function planeBoards(db: Db): Promise<PlaneBoard[]> {
  const rows = await db
    .selectFrom('board')
    .innerJoin('outlet', 'outlet.id', 'board.outletId')
    .innerJoin('device', 'device.boardId', 'board.outletId')
    .select(['outlet.id', 'outlet.code', 'board.version', 'board.takes', 'board.letters'])
    .select(sql<boolean>`outlet.paused_at is not null`.as('paused'))
    .where('device.state', '=', 'enrolled')
    .orderBy('outlet.code')
    .execute()
  return rows as unknown as PlaneBoard[] // ids as they were written
}

export async function screensOf(db: Db, outletId: Id<'outlet'>): Promise<Screen[]> {
  const rows = await db
    .selectFrom('boardScreen')
    .select(SCREEN)
    .where('outletId', '=', outletId)
    .orderBy('enrolledAt', 'desc')
    .limit(50)
    .execute()
  return rows as unknown as Screen[] // states by the check of the table
}

export async function lockScreen(db: Db, id: Id<'board_screen'>): Promise<Screen | null> {
  const row = await db.selectFrom('boardScreen').select(SCREEN).where('id', '=', id).forUpdate().executeTakeFirst()
  return (row as unknown as Screen | undefined) ?? null
}

export async function insertScreen(db: Db, screen: Screen): Promise<void> {
  await db
    .insertInto('boardScreen')
    .values({ ...screen, publicKey: Buffer.from(screen.publicKey) })
    .execute()
}

export async function updateScreen(
  db: Db,
  id: Id<'board_screen'>,
  change: Partial<Pick<Screen, 'state' | 'lastSeq' | 'lastHash'>> & {
    readonly decidedAt?: Date
    readonly decidedBy?: Id<'person'> | null
  },
): Promise<void> {
  await db.updateTable('boardScreen').set(change).where('id', '=', id).execute()
}

/** Ends every screen of a board but one. */
export async function revokeScreens(db: Db, outletId: Id<'outlet'>, but: Id<'board_screen'> | null, now: Date) {
  let query = db
    .updateTable('boardScreen')
    .set({ state: 'revoked', decidedAt: now })
    .where('outletId', '=', outletId)
    .where('state', but ? '=' : '<>', but ? 'trusted' : 'revoked')
  if (but) query = query.where('id', '<>', but)
  await query.execute()
}
