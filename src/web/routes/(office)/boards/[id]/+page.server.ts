import QRCode from 'qrcode'
import {
  aheadMs,
  boardOf,
  expectDevice,
  openBoard,
  proofsOf,
  revokeScreen,
  screensOf,
  showingsAt,
  shownSums,
  shutBoard,
  tokenOf,
  trustScreen,
  whyNotBoard,
} from '#core/board/index.ts'
import { Refusal, refuseIf } from '#core/kernel/index.ts'
import { outletById } from '#core/outlet/index.ts'
import { replaceDevice, revokeDevice, sendCommand } from '#core/station/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { enrolByCode } from '#web/forms/enrol-by-code.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { deviceShown } from './device-shown.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PROOFS = 20

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const id = givenId<'outlet'>(params.id)
  const outlet = id && (await outletById(ctx.db, id))
  if (!outlet) throw new Refusal('outlet.not_found')
  refuseIf(whyNotBoard(outlet))
  const board = await boardOf(ctx.db, outlet.id)
  const showings = await showingsAt(ctx.db, outlet.id, ctx.clock.now(), aheadMs())
  const sums = await shownSums(
    ctx.db,
    showings.map((one) => one.id),
  )
  const refusal = await openBoard.whyNot(ctx, { outletId: outlet.id })
  const unkept = await expectDevice.whyNot(ctx, { outletId: outlet.id, code: '-' })
  const token = refusal ? null : await tokenOf(ctx, board)
  const address = token && url.origin + paths.screen(token)
  return {
    outlet: { id: outlet.id as string, name: outlet.name },
    open: board !== null && board.tokenSealed !== null,
    takes: board?.takes ?? 'all',
    letters: board?.letters ?? null,
    version: board?.version ?? 1,
    device: await deviceShown(ctx, outlet.id),
    heardAt: board?.heardAt ?? null,
    behind: board !== null && board.heldVersion < board.version,
    address,
    // Who has the address shows the board, and the first of them is believed: it is shown to those who may change it.
    code:
      address &&
      `data:image/svg+xml;utf8,${encodeURIComponent(await QRCode.toString(address, { type: 'svg', margin: 1 }))}`,
    showings: showings.map((one) => ({ ...one, key: one.id as string, sum: sums.get(one.id) ?? null })),
    screens: (await screensOf(ctx.db, outlet.id)).map(({ id: screen, state, enrolledAt, lastSeq }) => {
      return { id: screen as string, state, enrolledAt, lastSeq }
    }),
    proofs: await proofsOf(ctx.db, outlet.id, PROOFS),
    whyNot: refusal && sentenceOf(w, refusal),
    whyNotDevice: unkept && sentenceOf(w, unkept),
  }
}

const back = (done: string) => (_result: unknown, event: { params: Partial<Record<string, string>> }) =>
  `${paths.board(event.params['id'] ?? '')}?done=${done}`

const told = (data: FormData) => ({ deviceId: fieldOf(data, 'device'), reason: fieldOf(data, 'reason') })

export const actions: Actions = {
  enrol: enrolByCode,
  expect: act(expectDevice, {
    input: (data, { params }) => ({ outletId: params['id'] ?? '', code: fieldOf(data, 'code') }),
    then: back('board_device_expected'),
  }),
  command: act(sendCommand, {
    input: (data, { params }) => ({
      stationId: params['id'] ?? '',
      deviceIds: [fieldOf(data, 'device')],
      kind: fieldOf(data, 'kind') as 'stop' | 'resume' | 'restart', // its schema refuses another
    }),
    then: back('board_command_sent'),
  }),
  replace: act(replaceDevice, {
    input: (data) => ({ ...told(data), code: fieldOf(data, 'code') }),
    then: back('board_device_replaced'),
  }),
  withdraw: act(revokeDevice, { input: told, then: back('board_device_revoked') }),
  open: act(openBoard, {
    input: (_data, { params }) => ({ outletId: params['id'] ?? '' }),
    then: back('board_opened'),
  }),
  shut: act(shutBoard, { input: (_data, { params }) => ({ outletId: params['id'] ?? '' }), then: back('board_shut') }),
  trust: act(trustScreen, {
    input: (data) => ({ screenId: fieldOf(data, 'screen') }),
    then: back('board_screen_trusted'),
  }),
  revoke: act(revokeScreen, {
    input: (data) => ({ screenId: fieldOf(data, 'screen') }),
    then: back('board_screen_revoked'),
  }),
}
