import { openEnrolmentOf, commandsOf, devicesAt, faultsOf, heardSince, statesOf } from '#core/station/index.ts'
import type { Ctx, Id } from '#core/kernel/index.ts'

const COMMANDS_LOOKED_AT = 20

/** The device of a board as its page shows it; null where none is there or expected. */
export async function deviceShown(ctx: Ctx, outletId: Id<'outlet'>) {
  const device = (await devicesAt(ctx.db, ['boardId', outletId])).find(({ state }) => state !== 'revoked')
  if (!device) return null
  const now = ctx.clock.now()
  const said = (await statesOf(ctx.db, outletId)).get(device.id) ?? null
  const until = await openEnrolmentOf(ctx.db, device.id)
  const commands = await commandsOf(ctx.db, device.id, COMMANDS_LOOKED_AT)
  const last = commands.find(({ kind }) => kind === 'stop' || kind === 'resume')
  return {
    ...{ id: device.id as string, code: device.code, state: device.state, enrolledAt: device.enrolledAt },
    codeUntil: until && until > now ? until : null,
    stopped: last?.kind === 'stop',
    said: said && { ...said, deviceId: null, heard: said.heardAt >= heardSince(now) },
    met: (await faultsOf(ctx.db, outletId)).filter(({ deviceId }) => deviceId === device.id),
  }
}
export type DeviceShown = NonNullable<Awaited<ReturnType<typeof deviceShown>>>
