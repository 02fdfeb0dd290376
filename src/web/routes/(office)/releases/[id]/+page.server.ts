import { dayAt, Refusal, type Ctx, type Id } from '#core/kernel/index.ts'
import { messageById } from '#core/message/index.ts'
import {
  arithmeticOf,
  cancelRelease,
  countsByChannel,
  countsOf,
  deliveriesOf,
  DELIVERY_STATES,
  pauseRelease,
  pressRelease,
  previewRelease,
  recallRelease,
  releaseById,
  resumeRelease,
  whyNotPress,
  type PreviewLine,
  type Release,
} from '#core/release/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths, withQuery } from '#web/paths.ts'
import { alarmsOfRelease } from '../../alarms/shown-alarms.ts'
import { papersOf } from './papers-of.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PER_PAGE = 50
/** Rows that are sorted by their outlets for a page; more go by their keys. */
const MOST_SORTED = 20_000

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const release = await releaseOf(ctx, params.id)
  const message = await messageById(ctx.db, release.messageId)
  const counts = await countsOf(ctx.db, release.id)
  const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : null
  const may = await pressRelease.whyNot(ctx, { releaseId: release.id })
  const say = (refusal: Refusal | null) => refusal && sentenceOf(w, refusal)
  const now = ctx.clock.now()
  return {
    release,
    today: dayAt(now),
    alarms: await alarmsOfRelease(ctx, w, release.id),
    title: message?.workingTitle ?? '',
    counts,
    sum: arithmeticOf(counts),
    byChannel: await countsByChannel(ctx.db, release.id),
    undo: release.undoUntil !== null && release.undoUntil > now ? release.undoUntil : null,
    whyNot: say(may),
    whyNotPress: say(may ?? whyNotPress(release, personId)),
    papers: await papersOf(ctx, release),
    recallWords: w('recall_words', { title: message?.workingTitle ?? '' }),
    ...(release.state === 'proposed' ? shownPreview(await previewRelease(ctx, release), url) : NO_PREVIEW),
    ...(release.state === 'released' ? await shownRows(ctx, release.id, arithmeticOf(counts).planned, url) : NO_ROWS),
  }
}

async function releaseOf(ctx: Ctx, given: string | undefined): Promise<Release> {
  const id = givenId<'release'>(given)
  const release = id && (await releaseById(ctx.db, id))
  if (!release) throw new Refusal('release.not_found')
  return release
}

const NO_PREVIEW = { preview: null }
const NO_ROWS = { rows: [], state: null, channel: null, first: null, next: null }

/** Place by place, by channel: what a person looks at before anything is written. */
function shownPreview(lines: readonly PreviewLine[], url: URL) {
  const channels = [...new Set(lines.map(({ channel }) => channel))].sort()
  const places = [...Map.groupBy(lines, ({ placeId }) => placeId).values()]
  const from = Number(url.searchParams.get('from') ?? 0) || 0
  const sum = (of: (line: PreviewLine) => number) => lines.reduce((total, line) => total + of(line), 0)
  return {
    preview: {
      channels,
      outlets: sum(({ outlets }) => outlets),
      manual: sum(({ manual }) => manual),
      paused: sum(({ paused }) => paused),
      untold: sum(({ untold }) => untold),
      quiet: sum(({ quiet }) => quiet),
      places: places.length,
      totals: channels.map((channel) =>
        lines.filter((line) => line.channel === channel).reduce((total, line) => total + line.outlets, 0),
      ),
      lines: places.slice(from, from + PER_PAGE).map((own) => ({
        place: own[0]?.place ?? '',
        placeId: own[0]?.placeId ?? '',
        untold: own.reduce((total, line) => total + line.untold, 0),
        cells: channels.map((channel) => own.find((line) => line.channel === channel)?.outlets ?? 0),
      })),
      first: from > 0 ? withQuery(url, { from: null }) : null,
      next: from + PER_PAGE < places.length ? withQuery(url, { from: String(from + PER_PAGE) }) : null,
    },
  }
}

async function shownRows(ctx: Ctx, releaseId: Id<'release'>, planned: number, url: URL) {
  const state = DELIVERY_STATES.find((one) => one === url.searchParams.get('state')) ?? null
  const channel = url.searchParams.get('channel')
  const id = givenId<'delivery'>(url.searchParams.get('id'))
  const after = id && { code: url.searchParams.get('after') ?? '', id }
  const by = planned > MOST_SORTED ? 'id' : 'outlet'
  const found = await deliveriesOf(ctx.db, releaseId, { state, channel, by }, after, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  return {
    state,
    channel,
    rows: shown,
    first: after ? withQuery(url, { after: null, id: null }) : null,
    next: last ? withQuery(url, { after: last.code, id: last.id }) : null,
  }
}

type Here = { readonly params: Partial<Record<string, string>> }
const which = (data: FormData, { params }: Here) => ({ releaseId: params.id ?? '', reason: fieldOf(data, 'reason') })
const here =
  (done: string) =>
  (_result: unknown, { params }: Here) =>
    `${paths.release(params.id ?? '')}?done=${done}`

export const actions: Actions = {
  press: act(pressRelease, {
    input: (_data, { params }) => ({ releaseId: params.id ?? '' }),
    then: here('release_pressed'),
  }),
  cancel: act(cancelRelease, { input: which, then: here('release_cancelled') }),
  pause: act(pauseRelease, { input: which, then: here('release_paused') }),
  resume: act(resumeRelease, { input: which, then: here('release_resumed') }),
  recall: act(recallRelease, {
    input: (data, event) => ({ ...which(data, event), words: fieldOf(data, 'words') }),
    then: here('release_recalled'),
  }),
}
