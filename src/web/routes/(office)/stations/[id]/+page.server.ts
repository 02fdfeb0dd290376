import { sentenceOf, type Words } from '#app/wording/words.ts'
import { dayAt, type Ctx } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { pauseOutlet, resumeOutlet } from '#core/outlet/index.ts'
import { placeById } from '#core/place/index.ts'
import {
  clustersStanding,
  heardSince,
  hearingOf,
  keepStation,
  BARE_STATION_ROW,
  playedAt,
  stoppedDevices,
  type Station,
} from '#core/station/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { languageWords } from '#web/lib/language-words.ts'
import { paths, withQuery } from '#web/paths.ts'
import { standingNow, stationNamed } from '../one-station.ts'
import { playsToday } from './plays-today.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PER_PAGE = 50
const AILING_SHOWN = 5
const PLAYED_SHOWN = 10

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const station = await stationNamed(ctx, params.id)
  const now = ctx.clock.now()
  const standing = await standingNow(ctx, station)
  const asked = { stationId: station.id, day: dayAt(now), since: heardSince(now), now }
  const ailing = url.searchParams.get('ailing') === 'yes'
  const after = url.searchParams.get('after')
  const found = await clustersStanding(ctx.db, { ...asked, ailing }, after, PER_PAGE + 1)
  const clusters = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? clusters.at(-1) : undefined
  const ill =
    station.carriage === 'ip' ? await clustersStanding(ctx.db, { ...asked, ailing: true }, null, AILING_SHOWN) : []
  const counts = { clusters: standing?.clusters ?? 0, heard: standing?.heard ?? 0 }
  return {
    station,
    ended: standing === null,
    hearing: hearingOf({ ...counts, enrolled: standing?.enrolled ?? 0, carriage: station.carriage }),
    counts,
    expected: standing?.expected ?? 0,
    enrolled: standing?.enrolled ?? 0,
    stopped: await stoppedDevices(ctx.db, [station.id], now),
    ill: ill.map(({ id, name, heardAt, state, faults, heard }) => ({ id, name, heardAt, state, faults, heard })),
    more: Math.max(0, counts.clusters - counts.heard - ill.length),
    today: await playsToday(ctx, w, station, dayAt(now)),
    clusters,
    ailing,
    played: await playedAt(ctx.db, ['station_id', station.id], null, PLAYED_SHOWN),
    at: now,
    facts: await factsOf(ctx, w, station),
    ...(await whyNots(ctx, w, station)),
    first: after ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: last.code }) : null,
  }
}

async function factsOf(ctx: Ctx, w: Words, station: Station) {
  const [body] = await organisationsWhere(ctx.db, [station.organisationId])
  const place = await placeById(ctx.db, station.placeId)
  return {
    place: place?.name ?? '',
    body: body?.name ?? '',
    languages: station.languages.map((tag) => languageWords(w, tag)),
  }
}

async function whyNots(ctx: Ctx, w: Words, { id, code }: Station) {
  const notPause = await resumeOutlet.whyNot(ctx, { outletId: id })
  const notKeep = await keepStation.whyNot(ctx, { row: { ...BARE_STATION_ROW, kind: 'station', code } })
  return { whyNotPause: notPause && sentenceOf(w, notPause), whyNotKeep: notKeep && sentenceOf(w, notKeep) }
}

export const actions: Actions = {
  pause: act(pauseOutlet, {
    input: (data, { params }) => ({ outletId: params.id ?? '', reason: fieldOf(data, 'reason') }),
    then: (_result, { params }) => `${paths.station(params.id ?? '')}?done=outlet_paused`,
  }),
  resume: act(resumeOutlet, {
    input: (_data, { params }) => ({ outletId: params.id ?? '' }),
    then: (_result, { params }) => `${paths.station(params.id ?? '')}?done=outlet_resumed`,
  }),
}
