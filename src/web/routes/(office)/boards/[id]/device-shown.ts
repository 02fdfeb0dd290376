import { devicesAt, faultsOf, heardSince, isToldToStop, openEnrolmentOf, statesOf } from '#core/station/index.ts'
import type { Ctx, Id } from '#core/kernel/index.ts'

/** The device of a board as its page shows it; null where none is there or expected. */
export async function deviceShown(ctx: Ctx, outletId: Id<'outlet'>) {
  const device = (await devicesAt(ctx.db, ['boardId', outletId])).find(({ state }) => state !== 'revoked')
  if (!device) return null
  const now = ctx.clock.now()
  const said = (await statesOf(ctx.db, outletId)).get(device.id) ?? null
  const until = await openEnrolmentOf(ctx.db, device.id)
  return {
    ...{ id: device.id as string, code: device.code, state: device.state, enrolledAt: device.enrolledAt },
    codeUntil: until && until > now ? until : null,
    stopped: await isToldToStop(ctx.db, device.id, now),
    said: said && { ...said, deviceId: null, heard: said.heardAt >= heardSince(now) },
    met: (await faultsOf(ctx.db, outletId)).filter(({ deviceId }) => deviceId === device.id),
  }
}
export type DeviceShown = NonNullable<Awaited<ReturnType<typeof deviceShown>>>
