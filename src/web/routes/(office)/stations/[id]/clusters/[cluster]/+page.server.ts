import { sentenceOf } from '#app/wording/words.ts'
import { clustersStanding, devicesAt, endCluster, heardSince, keepStation } from '#core/station/index.ts'
import { commandsOf, faultsOf, openEnrolmentOf, playedAt, replaceDevice, revokeDevice } from '#core/station/index.ts'
import { BARE_STATION_ROW, sendCommand, stationRows, type Device } from '#core/station/index.ts'
import { addDays, dayAt, Refusal, type Ctx } from '#core/kernel/index.ts'
import { namesOfPeople } from '#core/identity/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { enrolByCode } from '#web/forms/enrol-by-code.ts'
import { paths } from '#web/paths.ts'
import { clusterNamed, standingNow } from '../../../one-station.ts'
import { rowOfForm } from '../../../station-form.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const COMMANDS_SHOWN = 20
const PLAYED_SHOWN = 20

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const { station, cluster } = await clusterNamed(ctx, params)
  const now = ctx.clock.now()
  const day = dayAt(now)
  const asked = { stationId: station.id, day, since: heardSince(now), now, only: cluster.id }
  const [speaker] = await clustersStanding(ctx.db, asked, null, 1)
  const devices = await devicesAt(ctx.db, ['clusterId', cluster.id])
  const standing = devices.filter(({ state }) => state !== 'revoked')
  const deviceId = speaker?.deviceId ?? null
  const refusal = await keepStation.whyNot(ctx, {
    row: { ...BARE_STATION_ROW, kind: 'cluster', station: station.code },
  })
  const whole = await standingNow(ctx, station)
  return {
    station: { id: station.id, name: station.name, carriage: station.carriage, version: station.scheduleVersion },
    cluster,
    row: await rowOf(ctx, cluster.code),
    ended: cluster.aliveTo !== null && cluster.aliveTo <= addDays(day, -1),
    speaker: speaker ?? null,
    counts: { clusters: whole?.clusters ?? 0, heard: whole?.heard ?? 0 },
    devices: await Promise.all(standing.map((one) => shownDevice(ctx, one))),
    gone: devices.filter(({ state }) => state === 'revoked').map(withoutKey),
    commands: deviceId ? await shownCommands(ctx, deviceId) : [],
    met: (await faultsOf(ctx.db, station.id)).filter((one) => one.deviceId === deviceId),
    played: deviceId ? await playedAt(ctx.db, ['id', deviceId], null, PLAYED_SHOWN) : [],
    at: now,
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

async function rowOf(ctx: Ctx, code: string) {
  const row = (await stationRows(ctx.db)).find((one) => one.kind === 'cluster' && one.code === code)
  if (!row) throw new Refusal('station.cluster.not_found')
  return row
}

/** Keys are for machines: no page needs them. */
const withoutKey = ({ publicKey: _key, ...device }: Device) => device

async function shownDevice(ctx: Ctx, device: Device) {
  const now = ctx.clock.now()
  const waiting = (await commandsOf(ctx.db, device.id, COMMANDS_SHOWN)).filter(
    ({ answeredAt, until }) => answeredAt === null && until > now,
  )
  const until = await openEnrolmentOf(ctx.db, device.id)
  return { ...withoutKey(device), waiting: waiting.length, codeUntil: until && until > now ? until : null }
}

async function shownCommands(ctx: Ctx, deviceId: Device['id']) {
  const commands = await commandsOf(ctx.db, deviceId, COMMANDS_SHOWN)
  const names = await namesOfPeople(
    ctx.db,
    commands.flatMap(({ madeBy }) => madeBy ?? []),
  )
  return commands.map(({ madeBy, ...one }) => ({ ...one, by: madeBy ? (names.get(madeBy) ?? '') : 'Loa' }))
}

/** What an address names, as far as anybody knows before it is looked up. */
interface Named {
  readonly params: Partial<Record<'id' | 'cluster', string | undefined>>
}

const here = ({ params }: Named) => paths.cluster(params.id ?? '', params.cluster ?? '')
const then = (done: string) => (_result: unknown, event: Named) => `${here(event)}?done=${done}`
const told = (data: FormData) => ({ deviceId: fieldOf(data, 'device'), reason: fieldOf(data, 'reason') })

export const actions: Actions = {
  enrol: enrolByCode,
  expect: act(keepStation, {
    input: async (data, { locals: { ctx }, params }) => {
      const { cluster } = await clusterNamed(ctx, params)
      return { row: rowOfForm('speaker', data, { cluster: cluster.code }) }
    },
    then: then('station_device_expected'),
  }),
  command: act(sendCommand, {
    input: (data, { params }) => ({
      stationId: params.id ?? '',
      deviceIds: [fieldOf(data, 'device')],
      kind: fieldOf(data, 'kind') as 'volume' | 'test_tone' | 'restart', // its schema refuses another
      volume: fieldOf(data, 'kind') === 'volume' ? Number(fieldOf(data, 'volume')) : undefined,
    }),
    then: then('station_command_sent'),
  }),
  revoke: act(revokeDevice, { input: told, then: then('station_device_revoked') }),
  replace: act(replaceDevice, {
    input: (data) => ({ ...told(data), code: fieldOf(data, 'code') }),
    then: then('station_device_replaced'),
  }),
  keep: act(keepStation, {
    input: async (data, { locals: { ctx }, params }) => {
      const { cluster } = await clusterNamed(ctx, params)
      return { row: rowOfForm('cluster', data, await rowOf(ctx, cluster.code)) }
    },
    then: then('station_kept'),
  }),
  end: act(endCluster, {
    input: (data, { params }) => ({ clusterId: params.cluster ?? '', reason: fieldOf(data, 'reason') }),
    then: (_result, { params }) => `${paths.station(params.id ?? '')}?done=station_cluster_ended`,
  }),
}
