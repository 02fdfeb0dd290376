import { sentenceOf, type Words } from '#app/wording/words.ts'
import { actingPerson, type Ctx, type Id } from '#core/kernel/index.ts'
import { countEnrolled, heardSince } from '#core/station/index.ts'
import {
  approveTakeover,
  APPROVERS,
  dropTakeover,
  endsBy,
  reachedBy,
  standingOf,
  stationsOfTakeover,
  stationsReached,
  stopTakeover,
  whyNotApprove,
  whyNotOverIts,
  whyNotSpeak,
  whyNotWatch,
  type Takeover,
} from '#core/takeover/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { languageWords } from '#web/lib/language-words.ts'
import { paths, withQuery } from '#web/paths.ts'
import { peopleOf, takeoverNamed } from '../one-takeover.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PER_PAGE = 30
/** So long after its end devices may still tell how it went. */
const FOLLOWED_MS = 10 * 60_000

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const takeover = await takeoverNamed(ctx, params.id)
  const now = ctx.clock.now()
  const standing = standingOf(takeover, now)
  const personId = actingPerson(ctx)
  const watch = await whyNotWatch(ctx, takeover)
  const isOpen = ['asked', 'approved', 'speaking'].includes(standing)
  const late = takeover.endedAt !== null && now.getTime() - takeover.endedAt.getTime() < FOLLOWED_MS
  return {
    takeover,
    standing,
    people: await peopleOf(ctx, takeover),
    language: languageWords(w, takeover.language),
    endsBy: endsBy(takeover),
    secondsLeft: secondsLeft(takeover, now),
    follows: isOpen || late,
    at: now,
    /** Who asked has the microphone. */
    speaks: takeover.askedBy === personId && whyNotSpeak(takeover, personId, now) === null,
    whyNotApprove: standing === 'asked' ? await reasonOf(ctx, w, takeover) : null,
    mayStop: standing === 'speaking' && watch === null,
    mayDrop: (standing === 'asked' || standing === 'approved') && watch === null,
    sound: takeover.sha256 && watch === null ? paths.takeoverSound(takeover.id) : null,
    reach: await reachOf(ctx, takeover),
    ...(await shownStations(ctx, takeover, url)),
  }
}

function secondsLeft(takeover: Takeover, now: Date): number {
  const by = endsBy(takeover)
  return by ? Math.max(0, Math.round((by.getTime() - now.getTime()) / 1_000)) : takeover.minutes * 60
}

async function reasonOf(ctx: Ctx, w: Words, takeover: Takeover): Promise<string | null> {
  const personId = actingPerson(ctx)
  const refusal =
    whyNotApprove(takeover, personId, ctx.clock.now()) ?? (await whyNotOverIts(ctx, APPROVERS, takeover.id))
  return refusal && sentenceOf(w, refusal)
}

/** Before it has begun: how many it would reach now; then what the devices say. */
async function reachOf(ctx: Ctx, takeover: Takeover) {
  const stations = await stationsOfTakeover(ctx.db, takeover.id)
  const ids = stations.map(({ stationId }) => stationId as Id<'outlet'>)
  if (takeover.beganAt) return { stations: ids.length, before: null, since: await reachedBy(ctx.db, takeover.id) }
  const { devices, silent } = await countEnrolled(ctx.db, ids, heardSince(ctx.clock.now()))
  return { stations: ids.length, before: { devices, heard: devices - silent }, since: null }
}

async function shownStations(ctx: Ctx, takeover: Takeover, url: URL) {
  const after = url.searchParams.get('after')
  const found = await stationsReached(ctx.db, takeover.id, after, PER_PAGE + 1)
  const rows = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? rows.at(-1) : undefined
  return {
    stations: rows,
    first: after ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: last.code }) : null,
  }
}

const one = (_data: FormData, { params }: { params: Partial<Record<string, string>> }) => ({
  takeoverId: params['id'] ?? '',
})
const back =
  (done: string) =>
  (_result: unknown, { url }: { url: URL }) =>
    `${url.pathname}?done=${done}`

export const actions: Actions = {
  approve: act(approveTakeover, { input: one, then: back('takeover_approved') }),
  drop: act(dropTakeover, {
    input: (data, event) => ({ ...one(data, event), reason: fieldOf(data, 'reason') }),
    then: back('takeover_dropped'),
  }),
  stop: act(stopTakeover, { input: one, then: back('takeover_stopped') }),
}
