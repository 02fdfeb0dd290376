import { expectDevice, openBoard, registerBoard } from '../core/board/index.ts'
import type { Ctx } from '../core/kernel/index.ts'

/** Both stand where a story of the demonstration is told anyway; nobody has counted the boards of a province for us. */
const AT = { place: '02761', organisation: 'UBND-02761' } as const

/** A line of letters, whose device is played like those of stations, and a screen that whoever opens its address looks at. */
export async function addDemonstrationBoards(ctx: Ctx): Promise<void> {
  const line = { code: 'BDT-02761-1', name: 'Bảng chữ chợ Mường Khương (giả lập)', takes: 'line', letters: 32 } as const
  const screen = { code: 'BDT-02761-2', name: 'Màn hình nhà văn hóa xã Mường Khương', takes: 'all' } as const
  await expectDevice(ctx, { outletId: await registerBoard(ctx, { ...AT, ...line }), code: `TB-${line.code}` })
  await openBoard(ctx, { outletId: await registerBoard(ctx, { ...AT, ...screen }) })
}
