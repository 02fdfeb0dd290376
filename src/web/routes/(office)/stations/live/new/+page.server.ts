import { sentenceOf, type Words } from '#app/wording/words.ts'
import type { Ctx } from '#core/kernel/index.ts'
import { MESSAGE_LANGUAGES } from '#core/message/index.ts'
import { countEnrolled, heardSince, stationsStanding } from '#core/station/index.ts'
import { askTakeover, MINUTES, mostMinutes, whyNotAsk } from '#core/takeover/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { languageWords } from '#web/lib/language-words.ts'
import { paths } from '#web/paths.ts'
import { stationFilterOf } from '../../station-filter.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const NAMES_SHOWN = 12

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const { stations, typed, noPlace, all } = await chosenOf(ctx, w, url)
  const now = ctx.clock.now()
  const ids = stations.map(({ id }) => id)
  const refusal = await whyNotAsk(ctx, ids)
  const { devices, silent } = await countEnrolled(ctx.db, ids, heardSince(now))
  const most = await mostMinutes(ctx.db)
  return {
    typed,
    noPlace,
    all,
    ids,
    names: stations.slice(0, NAMES_SHOWN).map(({ name }) => name),
    more: Math.max(0, stations.length - NAMES_SHOWN),
    devices,
    heard: devices - silent,
    asked: [typed.q, typed.place, all, ids.length > 0].some(Boolean),
    languages: MESSAGE_LANGUAGES.map(({ tag }) => ({ value: tag, name: languageWords(w, tag) })),
    most,
    usual: Math.min(most, MINUTES.usual),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

/** Which stations the address asks for: some by their boxes, those of a place, those of a name, or all there are. */
async function chosenOf(ctx: Ctx, w: Words, url: URL) {
  const { filter, typed, noPlace } = await stationFilterOf(ctx, w, url)
  const all = url.searchParams.get('all') === 'yes'
  const only = url.searchParams.getAll('station').flatMap((one) => givenId<'outlet'>(one) ?? [])
  const byFilter = all || (only.length === 0 && [typed.q, typed.place].some(Boolean))
  const asked = byFilter ? filter : { day: filter.day, since: filter.since, only }
  const found = noPlace ? [] : await stationsStanding(ctx.db, asked)
  return { stations: found.filter(({ carriage }) => carriage === 'ip'), typed, noPlace, all }
}

export const actions: Actions = {
  ask: act(askTakeover, {
    input: (data) => ({
      stationIds: data.getAll('station').map(String),
      reason: fieldOf(data, 'reason'),
      speaker: fieldOf(data, 'speaker'),
      language: fieldOf(data, 'language'),
      minutes: Number(fieldOf(data, 'minutes').trim() || Number.NaN),
      devices: Number(fieldOf(data, 'devices')),
    }),
    then: (id) => `${paths.takeover(id)}?done=takeover_asked`,
  }),
}
