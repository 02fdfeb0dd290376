import type { Ctx, Id } from '#core/kernel/index.ts'
import {
  countFollowing,
  openExpansions,
  previewPlaces,
  previewRelease,
  type Clash,
  type PlacePreview,
  type Release,
} from '#core/release/index.ts'
import type { Words } from '#app/wording/words.ts'
import { languageWords } from '#web/lib/language-words.ts'
import { paths, withQuery } from '#web/paths.ts'
import { titleOf } from '../one-release.ts'

const PER_PAGE = 50

/** What a person looks at before anything is written: all of it counted, then place by place, by channel. */
export async function shownPreview(ctx: Ctx, w: Words, release: Release, url: URL) {
  const after = placeAfter(url)
  const [whole, found] = await Promise.all([
    previewRelease(ctx, release),
    previewPlaces(ctx, release, after, PER_PAGE + 1),
  ])
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const nameOf = (tag: string) => languageWords(w, tag)
  return {
    channels: whole.channels,
    rows: whole.channels.reduce((total, { rows }) => total + rows, 0),
    places: whole.places,
    gaps: [...Map.groupBy(whole.gaps, ({ language }) => language)].map(([language, own]) => ({
      language: nameOf(language),
      channels: own.map(({ channel, outlets }) => ({ channel, outlets })),
    })),
    clashes: await Promise.all(whole.clashes.map((clash) => shownClash(ctx, clash))),
    lines: shown.map((place) => shownPlace(place, release, nameOf)),
    first: after ? withQuery(url, { place: null, code: null }) : null,
    next: last ? withQuery(url, { place: last.name, code: last.code }) : null,
  }
}
export type ShownPreview = Awaited<ReturnType<typeof shownPreview>>

function placeAfter(url: URL) {
  const [name, code] = [url.searchParams.get('place'), url.searchParams.get('code')]
  return name && code ? { name, code } : null
}

async function shownClash(ctx: Ctx, { messageId, releaseId, startsAt, outlets, near }: Clash) {
  const title = await titleOf(ctx, { messageId })
  return { href: paths.release(releaseId), title, startsAt, outlets, near }
}

function shownPlace(place: PlacePreview, { channels }: Release, nameOf: (tag: string) => string) {
  const { id, name, untold, paused, quiet, clashing } = place
  const cells = channels.map((channel) => place.rows.get(channel) ?? 0)
  return { id, name, cells, untold: untold.map(nameOf), paused, quiet, clashing }
}

/** Whom something that takes the place of a release, or takes it back, would reach. */
export async function shownReach(ctx: Ctx, ofReleaseId: Id<'release'>) {
  const channels = await countFollowing(ctx.db, ofReleaseId)
  const sum = (of: (one: (typeof channels)[number]) => number) => channels.reduce((total, one) => total + of(one), 0)
  return {
    channels,
    have: sum(({ have }) => have),
    waiting: sum(({ waiting }) => waiting),
    manual: sum(({ manual }) => manual),
    lists: await openExpansions(ctx.db, ofReleaseId),
  }
}
export type ShownFollowing = Awaited<ReturnType<typeof shownReach>>
