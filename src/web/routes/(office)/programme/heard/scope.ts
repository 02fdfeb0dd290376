import { dayAt, isDay, Refusal, type Ctx } from '#core/kernel/index.ts'
import { messageById } from '#core/message/index.ts'
import type { HeardScope } from '#core/programme/index.ts'
import { releaseById } from '#core/release/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { stationAt } from '../one-station.ts'

export interface ShownScope {
  readonly scope: HeardScope
  /** As an address says it. */
  readonly of: string
  /** What it is of, and where one comes from. */
  readonly title: string
  readonly back: string
  readonly days: { readonly from: string; readonly to: string } | null
  readonly stationId: string | null
}

/**
 * What an address asks for: a release, or a station with the days of this month so far where it names none.
 *
 * @throws Refusal `release.not_found`, `station.not_found`
 */
export async function scopeOf(ctx: Ctx, { searchParams }: URL): Promise<ShownScope> {
  const given = searchParams.get('release')
  if (given === null) return stationScope(ctx, searchParams)
  const id = givenId<'release'>(given)
  const release = id && (await releaseById(ctx.db, id))
  if (!release) throw new Refusal('release.not_found')
  return {
    ...{ scope: { releaseId: release.id }, of: `release=${release.id}`, days: null, stationId: null },
    title: (await messageById(ctx.db, release.messageId))?.workingTitle ?? '',
    back: paths.releaseProgramme(release.id),
  }
}

async function stationScope(ctx: Ctx, searchParams: URLSearchParams): Promise<ShownScope> {
  const station = await stationAt(ctx, searchParams.get('station') ?? '')
  const today = dayAt(ctx.clock.now())
  const dayIn = (name: string, otherwise: string) => {
    const day = searchParams.get(name) ?? ''
    return isDay(day) ? day : otherwise
  }
  const last = dayIn('to', today)
  // Days given the wrong way round mean the days between them.
  const [from = last, to = last] = [dayIn('from', `${last.slice(0, 7)}-01`), last].toSorted()
  return {
    ...{ scope: { stationId: station.id, from, to }, of: `station=${station.id}&from=${from}&to=${to}` },
    ...{ title: station.name, back: paths.station(station.id), days: { from, to }, stationId: station.id },
  }
}
