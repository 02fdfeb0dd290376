import { sentenceOf } from '#app/wording/words.ts'
import {
  askTakeover,
  MINUTES,
  mostMinutes,
  setMostMinutes,
  standingOf,
  stationCounts,
  takeoversAfter,
  type AfterTakeover,
} from '#core/takeover/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths, withQuery } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PER_PAGE = 30

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const after = afterOf(url.searchParams.get('after'))
  const found = await takeoversAfter(ctx.db, after, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const counts = await stationCounts(
    ctx.db,
    shown.map(({ id }) => id),
  )
  const most = await mostMinutes(ctx.db)
  const nobody = { stationIds: [], reason: '', speaker: '', language: 'vi', minutes: 1, devices: 0 }
  const [ask, set] = [await askTakeover.whyNot(ctx, nobody), await setMostMinutes.whyNot(ctx, { minutes: most })]
  return {
    takeovers: shown.map((one) => ({
      ...one,
      standing: standingOf(one, ctx.clock.now()),
      stations: counts.get(one.id) ?? 0,
    })),
    limits: MINUTES,
    most,
    whyNotAsk: ask && sentenceOf(w, ask),
    whyNotSet: set && sentenceOf(w, set),
    first: after ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: `${last.askedAt.getTime()}_${last.id}` }) : null,
  }
}

function afterOf(text: string | null): AfterTakeover | null {
  const [at, given] = text?.split('_') ?? []
  const id = givenId<'takeover'>(given)
  return id && /^\d{1,13}$/.test(at ?? '') ? { askedAt: new Date(Number(at)), id } : null
}

export const actions: Actions = {
  minutes: act(setMostMinutes, {
    input: (data) => ({ minutes: Number(fieldOf(data, 'minutes').trim() || Number.NaN) }),
    then: () => `${paths.takeovers}?done=takeover_minutes_set`,
  }),
}
