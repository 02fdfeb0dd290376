import { sentenceOf } from '#app/wording/words.ts'
import { COMMAND_KINDS, sendCommand, sendCommands } from '#core/station/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { chosenOf, reachOf, whyNotAny } from './chosen.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const NAMES_SHOWN = 30

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const { kind, stations, device } = await chosenOf(ctx, w, url)
  const ids = stations.map(({ id }) => id)
  const refusal = kind && (await whyNotAny(ctx, ids, kind))
  return {
    kind,
    device,
    kinds: COMMAND_KINDS.map((value) => ({ value, name: w(`station_command_${value}`) })),
    ids,
    names: stations.slice(0, NAMES_SHOWN).map(({ placeName }) => placeName),
    more: Math.max(0, stations.length - NAMES_SHOWN),
    without: stations.filter(({ enrolled }) => enrolled === 0).length,
    ...(await reachOf(ctx, ids, device !== null)),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

const kindOf = (data: FormData) => COMMAND_KINDS.find((one) => one === fieldOf(data, 'kind')) ?? ('' as never) // its schema refuses it
const volumeOf = (data: FormData) => {
  const typed = fieldOf(data, 'volume').trim()
  return typed === '' ? undefined : Number(typed)
}

export const actions: Actions = {
  stations: act(sendCommands, {
    input: (data) => ({
      stationIds: data.getAll('station').map(String),
      kind: kindOf(data),
      volume: volumeOf(data),
      devices: Number(fieldOf(data, 'devices')),
    }),
    then: (_sent, { url }) => {
      const [one, ...others] = url.searchParams.getAll('station')
      const single = one && others.length === 0 && url.searchParams.get('all') !== 'yes'
      return `${single ? paths.station(one) : paths.stations}?done=station_commands_sent`
    },
  }),
  device: act(sendCommand, {
    input: (data) => ({
      stationId: fieldOf(data, 'station'),
      deviceIds: [fieldOf(data, 'device')],
      kind: kindOf(data),
      volume: volumeOf(data),
    }),
    then: (_sent, { url }) => {
      const back = paths.cluster(url.searchParams.get('station') ?? '', url.searchParams.get('cluster') ?? '')
      return `${back}?done=station_command_sent`
    },
  }),
}
