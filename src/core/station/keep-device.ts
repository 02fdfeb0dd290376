import * as v from 'valibot'
import { actingPerson, action, idOf, newId, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { outletById } from '../outlet/index.ts'
import { COMMAND_KINDS } from './command.ts'
import { endCommands } from './command.store.ts'
import { deviceByCode, deviceById, insertDevices, putEnrolment, revokeDevices, standsAtBoard } from './device.store.ts'
import type { Device } from './device.ts'
import { enrolmentHash, newEnrolmentCode } from './enrolment-code.ts'
import { KEEPERS } from './keep-station.ts'
import { touchStation } from './station.store.ts'

/** Hours for which a code may be used: long enough to carry the device up to the last village. */
export const ENROLMENT_HOURS = 72

const OneDevice = v.object({ deviceId: idOf<'device'>() })
/** As it is written on the device. */
export const DeviceCode = v.pipe(v.string(), v.trim(), v.regex(/^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,79}$/u))
const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1_000))
const may = {
  who: 'roles' as const,
  roles: KEEPERS,
  within: async (ctx: Ctx, { deviceId }: { readonly deviceId: Id<'device'> }) => {
    const device = await deviceById(ctx.db, deviceId)
    return device ? ((await outletById(ctx.db, device.outletId))?.organisationId ?? null) : null
  },
}

/**
 * Makes the one-time code by which an expected device enrols, in the place of one that nobody has used. It is answered
 * once and kept as a hash.
 *
 * @throws Refusal `station.device.not_found`, `station.device_enrolled`, `station.device_revoked`.
 */
export const makeEnrolment = action('station.make_enrolment', {
  input: OneDevice,
  may,
  records: ({ deviceId }, { deviceCode }: { deviceCode: string; code: string; until: Date }) => ({
    subject: 'device',
    subjectId: deviceId,
    facts: { code: deviceCode },
  }),
  async run(ctx, { deviceId }) {
    const device = await deviceOf(ctx, deviceId)
    refuseIf(whyNotEnrol(device))
    const code = newEnrolmentCode()
    const madeAt = ctx.clock.now()
    const until = new Date(madeAt.getTime() + ENROLMENT_HOURS * 3_600_000)
    const madeBy = actingPerson(ctx)
    const id = newId<'device_enrolment'>()
    await putEnrolment(ctx.db, { id, deviceId, codeHash: enrolmentHash(code), madeBy, madeAt, until })
    return { deviceCode: device.code, code, until }
  },
})

export function whyNotEnrol({ state }: Pick<Device, 'state'>): Refusal | null {
  switch (state) {
    case 'expected':
      return null
    case 'enrolled':
      return new Refusal('station.device_enrolled')
    case 'revoked':
      return new Refusal('station.device_revoked')
    default:
      return state satisfies never
  }
}

/**
 * Expects a device at a board, under a code of its own; a board has one at a time. Inside an action.
 *
 * @throws Refusal `station.device_code_taken`, `station.board_has_device`.
 */
export async function expectAtBoard(ctx: Ctx, outletId: Id<'outlet'>, code: string): Promise<Id<'device'>> {
  if (await deviceByCode(ctx.db, code)) throw new Refusal('station.device_code_taken', {}, 'code')
  if (await standsAtBoard(ctx.db, outletId)) throw new Refusal('station.board_has_device')
  const id = newId<'device'>()
  await insertDevices(ctx.db, [{ id, outletId, clusterId: null, code, replacesId: null, addedAt: ctx.clock.now() }])
  return id
}

/** Believes a device in nothing any more, from now on; what it has played stays in the record. */
export const revokeDevice = action('station.revoke_device', {
  input: v.object({ ...OneDevice.entries, reason }),
  may,
  records: ({ deviceId }, code: string) => ({ subject: 'device', subjectId: deviceId, facts: { code } }),
  async run(ctx, { deviceId, reason: why }) {
    return (await revoke(ctx, deviceId, why)).code
  },
})

/** Revokes a device and expects another in its place, under a code of its own. Answers which. */
export const replaceDevice = action('station.replace_device', {
  input: v.object({
    ...OneDevice.entries,
    reason,
    code: DeviceCode,
  }),
  may,
  records: ({ deviceId, code }, by: Id<'device'>) => ({ subject: 'device', subjectId: deviceId, facts: { code, by } }),
  async run(ctx, { deviceId, reason: why, code }) {
    if (await deviceByCode(ctx.db, code)) throw new Refusal('station.device_code_taken', {}, 'code')
    const { outletId, clusterId } = await revoke(ctx, deviceId, why)
    const id = newId<'device'>()
    const addedAt = ctx.clock.now()
    await insertDevices(ctx.db, [{ id, outletId, clusterId, code, replacesId: deviceId, addedAt }])
    return id
  },
})

async function revoke(ctx: Ctx, deviceId: Id<'device'>, why: string): Promise<Device> {
  const device = await deviceOf(ctx, deviceId)
  if (device.state === 'revoked') throw new Refusal('station.device_revoked')
  await revokeDevices(ctx.db, ['id', deviceId], why, ctx.clock.now())
  await endCommands(ctx.db, [deviceId], COMMAND_KINDS, ctx.clock.now())
  await touchStation(ctx.db, device.outletId)
  return device
}

async function deviceOf(ctx: Ctx, deviceId: Id<'device'>): Promise<Device> {
  const device = await deviceById(ctx.db, deviceId)
  if (!device) throw new Refusal('station.device.not_found')
  return device
}
