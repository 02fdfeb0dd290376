import { namesOfPeople } from '#core/identity/index.ts'
import type { Ctx } from '#core/kernel/index.ts'
import {
  arithmeticOf,
  countsByChannel,
  countsOf,
  openExpansions,
  unknownIn,
  type Counts,
  type Release,
} from '#core/release/index.ts'
import { STANDINGS, type Standing } from '../tones.ts'

/** More rows than this are not looked through for who finds out. */
const MOST_UNKNOWN = 1_000

/** How a release stands now, by the ledger's own counters; in its parts, which add up. */
export async function shownStanding(ctx: Ctx, release: Release) {
  const counts = await countsOf(ctx.db, release.id)
  const now = ctx.clock.now()
  const { undoUntil, releasedBy } = release
  const presser = releasedBy ? ((await namesOfPeople(ctx.db, [releasedBy])).get(releasedBy) ?? null) : null
  return {
    at: now,
    counts,
    sum: arithmeticOf(counts),
    channels: standingsOf(await countsByChannel(ctx.db, release.id)),
    lists: await openExpansions(ctx.db, release.id),
    undoSeconds: undoUntil !== null && undoUntil > now ? Math.ceil((undoUntil.getTime() - now.getTime()) / 1_000) : 0,
    unknown: counts.unknown > 0 ? { ...(await unknownIn(ctx.db, release.id, MOST_UNKNOWN)), presser } : null,
    waves: wavesOf(release, now),
  }
}
export type ShownStanding = Awaited<ReturnType<typeof shownStanding>>

export interface ChannelStanding {
  readonly channel: string
  readonly planned: number
  readonly numbers: readonly { readonly standing: Standing; readonly count: number }[]
}

function standingsOf(rows: Awaited<ReturnType<typeof countsByChannel>>): ChannelStanding[] {
  return [...Map.groupBy(rows, ({ channel }) => channel)].map(([channel, own]) => {
    const of = (states: readonly (keyof Counts)[]) =>
      own.filter(({ state }) => states.includes(state)).reduce((total, { n }) => total + n, 0)
    const numbers = (Object.keys(STANDINGS) as Standing[]).map((standing) => ({
      standing,
      count: of(STANDINGS[standing]),
    }))
    return { channel, planned: own.reduce((total, { n }) => total + n, 0), numbers }
  })
}

/** When each wave begins, and whether it has. */
function wavesOf({ waveCount, waveMinutes, startsAt, undoUntil, cancelledAt }: Release, now: Date) {
  if (waveCount === 1 || cancelledAt !== null) return []
  const first = undoUntil !== null && undoUntil > startsAt ? undoUntil : startsAt
  return Array.from({ length: waveCount }, (_, at) => {
    const begins = new Date(first.getTime() + at * waveMinutes * 60_000)
    return { number: at + 1, begins, begun: begins <= now }
  })
}
