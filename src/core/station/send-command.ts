import * as v from 'valibot'
import { actingPerson, action, idOf, newId, Refusal, type Ctx } from '../kernel/index.ts'
import { outletById } from '../outlet/index.ts'
import { COMMAND_KINDS, COMMAND_MINUTES, ENDS_KINDS } from './command.ts'
import { endCommands, insertCommands } from './command.store.ts'
import { devicesOf } from './device.store.ts'

const Command = v.object({
  /** A station, or a board. */
  stationId: idOf<'outlet'>(),
  /** Which of its devices; none: all that are enrolled. */
  deviceIds: v.optional(v.array(idOf<'device'>()), []),
  kind: v.picklist(COMMAND_KINDS),
  /** 0 to 100, for `volume` alone. */
  volume: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
})

/** Sends a command to devices of a station or a board: it leaves with the commit, and waits for those that are away. Answers to how many. */
export const sendCommand = action('station.send_command', {
  input: Command,
  may: {
    who: 'roles',
    roles: ['administrator', 'campaign_officer', 'field_officer'],
    within: async (ctx: Ctx, { stationId }) => (await outletById(ctx.db, stationId))?.organisationId ?? null,
  },
  records: ({ stationId, kind, volume }, count: number) => ({
    subject: 'station',
    subjectId: stationId,
    facts: { kind, devices: count, ...(volume !== undefined && { volume }) },
  }),
  async run(ctx, { stationId, deviceIds, kind, volume }): Promise<number> {
    if ((kind === 'volume') !== (volume !== undefined)) throw new Refusal('station.command_volume', {}, 'volume')
    const enrolled = (await devicesOf(ctx.db, stationId)).map(({ id }) => id)
    const chosen = deviceIds.length === 0 ? enrolled : enrolled.filter((id) => deviceIds.includes(id))
    if (chosen.length === 0 || chosen.length < new Set(deviceIds).size) throw new Refusal('station.no_such_device')
    const now = ctx.clock.now()
    const until = new Date(now.getTime() + COMMAND_MINUTES[kind] * 60_000)
    const madeBy = actingPerson(ctx)
    await endCommands(ctx.db, chosen, ENDS_KINDS[kind], now)
    await insertCommands(
      ctx.db,
      chosen.map((deviceId) => ({
        id: newId<'device_command'>(),
        deviceId,
        kind,
        facts: volume === undefined ? {} : { volume },
        madeBy,
        madeAt: now,
        until,
      })),
    )
    return chosen.length
  },
})
