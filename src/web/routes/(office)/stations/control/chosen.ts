import type { Words } from '#app/wording/words.ts'
import { Refusal, type Ctx, type Id } from '#core/kernel/index.ts'
import {
  clusterById,
  COMMAND_KINDS,
  countEnrolled,
  deviceById,
  heardSince,
  sendCommand,
  stationsStanding,
  type CommandKind,
} from '#core/station/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { stationFilterOf } from '../station-filter.ts'

/** What is to be told to which stations, or to one device: as the address says. */
export async function chosenOf(ctx: Ctx, w: Words, url: URL) {
  const kind = COMMAND_KINDS.find((one) => one === url.searchParams.get('kind')) ?? null
  const { filter } = await stationFilterOf(ctx, w, url)
  const ids = url.searchParams.getAll('station').flatMap((one) => givenId<'outlet'>(one) ?? [])
  const asked = url.searchParams.get('all') === 'yes' ? filter : { day: filter.day, since: filter.since, only: ids }
  const stations = (await stationsStanding(ctx.db, asked)).filter(({ carriage }) => carriage === 'ip')
  return { kind, stations, device: await deviceOf(ctx, url, ids) }
}

async function deviceOf(ctx: Ctx, url: URL, stationIds: readonly Id<'outlet'>[]) {
  const id = givenId<'device'>(url.searchParams.get('device'))
  if (!id) return null
  const device = await deviceById(ctx.db, id)
  if (!device || !stationIds.includes(device.outletId)) throw new Refusal('station.device.not_found')
  const cluster = device.clusterId && (await clusterById(ctx.db, device.clusterId))
  return { id: device.id, code: device.code, clusterId: device.clusterId, cluster: cluster ? cluster.name : '' }
}

/** How many devices would be told, and how many of them nobody hears just now. */
export async function reachOf(ctx: Ctx, stationIds: readonly Id<'outlet'>[], one: boolean) {
  const { devices, silent } = await countEnrolled(ctx.db, stationIds, heardSince(ctx.clock.now()))
  return one ? { devices: 1, silent: 0 } : { devices, silent }
}

/** What stands in the way at any of the stations. */
export async function whyNotAny(ctx: Ctx, stationIds: readonly Id<'outlet'>[], kind: CommandKind) {
  for (const stationId of stationIds) {
    const refusal = await sendCommand.whyNot(ctx, { stationId, deviceIds: [], kind })
    if (refusal) return refusal
  }
  return null
}
