import { namesOfPeople } from '#core/identity/index.ts'
import { dayAt, type Ctx } from '#core/kernel/index.ts'
import { placeById } from '#core/place/index.ts'
import {
  cancelRelease,
  followersOf,
  pauseRelease,
  pressRelease,
  recallRelease,
  releaseById,
  resumeRelease,
  type Release,
} from '#core/release/index.ts'
import { silenceWarning } from '#core/programme/index.ts'
import type { Words } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { languageWords } from '#web/lib/language-words.ts'
import { paths } from '#web/paths.ts'
import { alarmsOfRelease } from '../../alarms/shown-alarms.ts'
import { releaseOf, titleOf } from '../one-release.ts'
import { papersOf } from './papers-of.ts'
import type { Actions, PageServerLoad } from './$types.ts'
import { shownActs } from './shown-acts.ts'
import { shownPreview, shownReach } from './shown-preview.ts'
import { shownRows } from './shown-rows.ts'
import { shownSounding } from './shown-sounding.ts'
import { shownStanding } from './shown-standing.ts'

/** Places that are named one by one; more are counted. */
const MOST_NAMED = 5

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const release = await releaseOf(ctx, params.id)
  const title = await titleOf(ctx, release)
  const standing = release.state === 'proposed' ? null : await shownStanding(ctx, release)
  const proposed = release.state === 'proposed'
  return {
    release,
    title,
    alarms: await alarmsOfRelease(ctx, w, release.id),
    papers: await papersOf(ctx, release),
    today: dayAt(ctx.clock.now()),
    people: await peopleOf(ctx, release),
    places: await placesOf(ctx, w, release),
    languages: release.languages.map((tag) => languageWords(w, tag)),
    chain: await chainOf(ctx, release),
    sounding: await shownSounding(ctx, w, release),
    acts: await shownActs(ctx, w, release),
    recallWords: w('recall_words', { title }),
    preview: proposed && release.ofReleaseId === null ? await shownPreview(ctx, w, release, url) : null,
    following: proposed && release.ofReleaseId !== null ? await shownReach(ctx, release.ofReleaseId) : null,
    standing,
    rows: standing && standing.sum.planned > 0 ? await shownRows(ctx, release.id, standing.sum.planned, url) : null,
  }
}

async function peopleOf(ctx: Ctx, { proposedBy, releasedBy }: Release) {
  const names = await namesOfPeople(
    ctx.db,
    [proposedBy, releasedBy].filter((id) => id !== null),
  )
  return { proposedBy: proposedBy && names.get(proposedBy), releasedBy: releasedBy && names.get(releasedBy) }
}

async function placesOf(ctx: Ctx, w: Words, { places }: Release): Promise<string> {
  if (places.length > MOST_NAMED) return w('release_places_count', { count: places.length })
  return (await Promise.all(places.map((id) => placeById(ctx.db, id)))).map((place) => place?.name ?? '').join('; ')
}

/** What this release took the place of or takes back, and what followed it. */
async function chainOf(ctx: Ctx, release: Release) {
  const of = release.ofReleaseId && (await releaseById(ctx.db, release.ofReleaseId))
  return {
    of: of && { href: paths.release(of.id), title: await titleOf(ctx, of), at: of.releasedAt ?? of.proposedAt },
    followers: (await followersOf(ctx.db, release.id)).map(({ id, kind, state, releasedAt, proposedAt }) => ({
      href: paths.release(id),
      kind,
      state,
      at: releasedAt ?? proposedAt,
    })),
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
  silence: act(silenceWarning, {
    input: (data) => ({
      releaseId: fieldOf(data, 'warning'),
      kind: fieldOf(data, 'kind') as 'stop' | 'resume', // its schema refuses another
      devices: Number(fieldOf(data, 'devices')),
    }),
    then: here('station_commands_sent'),
  }),
  recall: act(recallRelease, {
    input: (data, event) => ({ ...which(data, event), words: fieldOf(data, 'words') }),
    then: here('release_recalled'),
  }),
}
