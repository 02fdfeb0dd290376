import { CHANNELS } from '#core/channel/index.ts'
import { dayAt, isDay, Refusal, type Ctx, type Id } from '#core/kernel/index.ts'
import { MESSAGE_LANGUAGES, renditionsOf, type Message } from '#core/message/index.ts'
import { OUTLET_KINDS } from '#core/outlet/index.ts'
import { placeById } from '#core/place/index.ts'
import { periodsOf, type CampaignPeriod } from '#core/plan/index.ts'
import { LANES, proposeRelease, releasesWhere } from '#core/release/index.ts'
import { approvalOf, reviewsOf } from '#core/review/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { momentTyped } from '#web/forms/moment.ts'
import { placesNamed } from '#web/forms/named.ts'
import { languageWords } from '#web/lib/language-words.ts'
import { paths } from '#web/paths.ts'
import { messageOf } from '../../one-message.ts'
import type { Actions, PageServerLoad } from './$types.ts'
import { hoursChosen, isOver } from './chosen-hours.ts'

const MOST = 50
/** When most offices begin to speak to people; each release may say another hour. */
const FIRST_HOUR = '07:00'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const message = await messageOf(ctx, params.id)
  const channels = new Set((await renditionsOf(ctx.db, message.id)).map(({ channel }) => channel))
  const now = ctx.clock.now()
  return {
    message: { id: message.id, title: message.workingTitle },
    embargoUntil: message.embargoUntil !== null && message.embargoUntil > now ? message.embargoUntil : null,
    periods: (await shownPeriods(ctx, message)).map((period) => ({ ...period, over: isOver(period, now) })),
    channels: CHANNELS.filter((key) => channels.has(key)).map((key) => ({ value: key, name: w(`channel_${key}`) })),
    kinds: OUTLET_KINDS.map((value) => ({ value, name: w(`outlet_kind_${value}`) })),
    languages: MESSAGE_LANGUAGES.map(({ tag }) => ({ value: tag, name: languageWords(w, tag) })),
    lanes: [...LANES].reverse().map((lane) => ({ value: lane, name: w(`release_lane_${lane}`) })),
    // Who comes from a gap of the coverage brings its places.
    places: url.searchParams.get('places') ?? (await namesOf(ctx, message.places)),
    today: dayAt(now),
    hour: FIRST_HOUR,
    startsAt: momentTyped(message.embargoUntil ?? now),
    validUntil: message.validUntil,
    words: w('release_words_default', { title: message.workingTitle }),
    wordsAtEnd: w('release_words_at_end_default', { title: message.workingTitle }),
    releases: await releasesWhere(ctx.db, message.id, null, MOST),
    whyNot: await whyNotPropose(ctx, message).then((refusal) => refusal && sentenceOf(w, refusal)),
  }
}

async function whyNotPropose(ctx: Ctx, message: Message): Promise<Refusal | null> {
  const input = { messageId: message.id } as Parameters<typeof proposeRelease.whyNot>[1] // who may depends on the message alone
  const refusal = await proposeRelease.whyNot(ctx, input)
  if (refusal) return refusal
  const approved = approvalOf(message, await reviewsOf(ctx.db, message.id)) === 'approved'
  return approved ? null : new Refusal('release.not_approved')
}

async function shownPeriods(ctx: Ctx, { campaignId }: Message): Promise<CampaignPeriod[]> {
  const periods = campaignId ? await periodsOf(ctx.db, campaignId) : []
  return periods.filter(({ dayFrom, dayTo }) => dayFrom !== null || dayTo !== null)
}

async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<string> {
  const places = await Promise.all(ids.map((id) => placeById(ctx.db, id as Id<'place'>))) // as the message keeps them
  return places.map((place) => place?.name ?? '').join('; ')
}

export const actions: Actions = {
  default: act(proposeRelease, {
    input: async (data, { params, locals: { ctx } }) => {
      const message = await messageOf(ctx, params.id)
      const ticked = (name: string) => data.getAll(name).map(String)
      const on = fieldOf(data, 'on')
      const [when, hour] = [fieldOf(data, 'when'), fieldOf(data, 'hour')]
      const typed = { when, hour, startsAt: fieldOf(data, 'startsAt'), endsAt: fieldOf(data, 'endsAt') }
      const waveCount = Number(fieldOf(data, 'waveCount') || 1)
      return {
        messageId: message.id,
        channels: CHANNELS.filter((key) => ticked('channels').includes(key)),
        places: await placesNamed(ctx, fieldOf(data, 'places'), 'places', isDay(on) ? on : dayAt(ctx.clock.now())),
        kinds: OUTLET_KINDS.filter((kind) => ticked('kinds').includes(kind)),
        languages: ticked('languages'),
        ...hoursChosen(typed, await shownPeriods(ctx, message), message.validUntil, ctx.clock.now()),
        waveCount,
        waveMinutes: waveCount > 1 ? Number(fieldOf(data, 'waveMinutes') || 0) : 0,
        lane: LANES.find((lane) => lane === fieldOf(data, 'lane')) ?? 'ordinary',
        laneReason: fieldOf(data, 'laneReason'),
        words: fieldOf(data, 'words'),
        wordsAtEnd: fieldOf(data, 'takeDown') === 'yes' ? fieldOf(data, 'wordsAtEnd') : null,
      }
    },
    then: (id) => `${paths.release(id)}?done=release_proposed`,
  }),
}
