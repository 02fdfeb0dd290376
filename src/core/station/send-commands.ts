import * as v from 'valibot'
import { action, idOf, Refusal, refuseIf } from '../kernel/index.ts'
import { COMMAND_KINDS } from './command.ts'
import { devicesOf } from './device.store.ts'
import { sendCommand } from './send-command.ts'

const MOST_STATIONS = 1_000

/**
 * Sends one command to all enrolled devices of several stations, each as `sendCommand` does, so that it needs the right in
 * every one of them. `devices` is how many whoever sends it was shown: when there are more or fewer now, nothing is sent.
 *
 * @throws Refusal `station.count_changed`, and what stands in the way at any of the stations.
 */
export const sendCommands = action('station.send_commands', {
  input: v.object({
    stationIds: v.pipe(v.array(idOf<'outlet'>()), v.minLength(1), v.maxLength(MOST_STATIONS)),
    kind: v.picklist(COMMAND_KINDS),
    volume: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
    devices: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  may: { who: 'roles', roles: ['administrator', 'campaign_officer', 'field_officer'] },
  records: ({ stationIds, kind }, sent: number) => ({
    subject: 'station',
    subjectId: null,
    facts: { kind, stations: stationIds.length, devices: sent },
  }),
  async run(ctx, { stationIds, kind, volume, devices }) {
    let sent = 0
    for (const stationId of new Set(stationIds)) {
      // Where none has enrolled there is nothing to send; who may is asked all the same.
      const none = (await devicesOf(ctx.db, stationId)).length === 0
      if (none) refuseIf(await sendCommand.whyNot(ctx, { stationId, kind, deviceIds: [] }))
      else sent += await sendCommand(ctx, { stationId, kind, volume })
    }
    if (sent !== devices) throw new Refusal('station.count_changed', { shown: devices, now: sent })
    return sent
  },
})
