import * as v from 'valibot'
import {
  actingPerson,
  action,
  idOf,
  InputRefusal,
  Refusal,
  refuseIf,
  tidy,
  type Ctx,
  type Id,
} from '../kernel/index.ts'
import { BARE_OUTLET_ROW, importOutlets, outletByCode, outletById, previewOutlets } from '../outlet/index.ts'
import { KEEPERS as DEVICE_KEEPERS, DeviceCode, expectAtBoard, standsAtBoard } from '../station/index.ts'
import { lockBoard, lockScreen, revokeScreens, touchBoard, updateBoard, updateScreen } from './board.store.ts'
import { aboutBoard, BOARD_TAKES, hashOfBoardToken, newBoardToken, whyNotBoard } from './board.ts'

// Who brings outlets in by the table gives them their addresses, too.
const may = { who: 'roles' as const, roles: ['administrator', 'campaign_officer'] as const }
const OneBoard = v.object({ outletId: idOf<'outlet'>() })
const aboutOutlet = ({ outletId }: { readonly outletId: Id<'outlet'> }) => ({
  subject: 'outlet',
  subjectId: outletId,
  facts: {},
})
const line = (most: number) => v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(most))

/**
 * Registers a board as an outlet, or amends it, and says what it can show.
 *
 * @throws InputRefusal of `outlet.cell` for each field that is wrong.
 */
export const registerBoard = action('board.register', {
  input: v.object({
    ...{ code: line(100), name: line(200), place: line(100), organisation: line(100) },
    takes: v.picklist(BOARD_TAKES),
    letters: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(500))), null),
  }),
  may,
  records: ({ code, takes }, id: Id<'outlet'>) => ({ subject: 'outlet', subjectId: id, facts: { code, takes } }),
  async run(ctx, { takes, letters, ...row }) {
    const kind = { kind: 'led_board', channel: 'board', means: 'machine' }
    const rows = [{ ...BARE_OUTLET_ROW, ...row, ...kind }]
    const { bad } = await previewOutlets(ctx.db, rows)
    if (bad.length > 0) {
      throw new InputRefusal(bad.map(({ column, reason }) => new Refusal('outlet.cell', { reason }, column)))
    }
    await importOutlets(ctx, { rows })
    const outlet = await outletByCode(ctx.db, row.code)
    if (!outlet) throw new Error(`The outlet ${row.code} has just been written`)
    await lockBoard(ctx.db, outlet.id)
    await updateBoard(ctx.db, outlet.id, { takes, letters })
    await touchBoard(ctx.db, outlet.id)
    return outlet.id
  },
})

/**
 * Gives a board its secret address, or a new one: the old one leads nowhere from then on, and every screen that showed
 * it is trusted no more.
 */
export const openBoard = action('board.open', {
  input: OneBoard,
  may,
  records: aboutOutlet,
  async run(ctx, { outletId }) {
    refuseIf(whyNotBoard(await outletById(ctx.db, outletId)))
    const token = newBoardToken()
    await lockBoard(ctx.db, outletId)
    // Two that show one board would have to be asked both whether what was recalled is gone.
    if (await standsAtBoard(ctx.db, outletId)) throw new Refusal('board.has_device')
    const now = ctx.clock.now()
    await revokeScreens(ctx.db, outletId, null, now)
    const tokenSealed = await ctx.secrets.seal(token, aboutBoard(outletId))
    await updateBoard(ctx.db, outletId, { tokenSealed, tokenHash: hashOfBoardToken(token), openedAt: now })
    await touchBoard(ctx.db, outletId)
  },
})

/** Shuts a board: its address leads nowhere, and its screens are trusted no more. */
export const shutBoard = action('board.shut', {
  input: OneBoard,
  may,
  records: aboutOutlet,
  async run(ctx, { outletId }) {
    if (!(await lockBoard(ctx.db, outletId)).tokenSealed) throw new Refusal('board.is_shut')
    await revokeScreens(ctx.db, outletId, null, ctx.clock.now())
    await updateBoard(ctx.db, outletId, { tokenSealed: null, tokenHash: null })
  },
})

/**
 * Expects a device at a board that shows it in the place of a browser, under a code of its own.
 *
 * @throws Refusal `board.is_open`, and as `expectAtBoard` does.
 */
export const expectDevice = action('board.expect_device', {
  input: v.object({ ...OneBoard.entries, code: DeviceCode }),
  // As for every device: who keeps the body that has it, or one above.
  may: {
    who: 'roles',
    roles: DEVICE_KEEPERS,
    within: async (ctx: Ctx, { outletId }) => (await outletById(ctx.db, outletId))?.organisationId ?? null,
  },
  records: ({ outletId, code }, id: Id<'device'>) => ({
    subject: 'device',
    subjectId: id,
    facts: { code, board: outletId },
  }),
  async run(ctx, { outletId, code }) {
    refuseIf(whyNotBoard(await outletById(ctx.db, outletId)))
    if ((await lockBoard(ctx.db, outletId)).tokenSealed) throw new Refusal('board.is_open')
    return expectAtBoard(ctx, outletId, code)
  },
})

/** Believes another screen at a board, as after the old one broke; the one before is believed no more. */
export const trustScreen = action('board.trust_screen', {
  input: v.object({ screenId: idOf<'board_screen'>() }),
  may,
  records: ({ screenId }) => ({ subject: 'board_screen', subjectId: screenId, facts: {} }),
  async run(ctx, { screenId }) {
    const screen = await lockScreen(ctx.db, screenId)
    if (screen?.state !== 'waiting') throw new Refusal('board.not_waiting')
    const now = ctx.clock.now()
    await revokeScreens(ctx.db, screen.outletId, screen.id, now)
    await updateScreen(ctx.db, screen.id, { state: 'trusted', decidedAt: now, decidedBy: actingPerson(ctx) })
  },
})

/** Believes a screen no more. */
export const revokeScreen = action('board.revoke_screen', {
  input: v.object({ screenId: idOf<'board_screen'>() }),
  may,
  records: ({ screenId }) => ({ subject: 'board_screen', subjectId: screenId, facts: {} }),
  async run(ctx, { screenId }) {
    const screen = await lockScreen(ctx.db, screenId)
    if (!screen || screen.state === 'revoked') throw new Refusal('board.not_waiting')
    const decided = { decidedAt: ctx.clock.now(), decidedBy: actingPerson(ctx) }
    await updateScreen(ctx.db, screen.id, { state: 'revoked', ...decided })
  },
})
