import { dayAt, type Ctx, type Id } from '../kernel/index.ts'
import { idsBelow, organisationsWhere, type Organisation } from '../organisation/index.ts'
import { stationsOn } from '../station/index.ts'
import { OFF_DAY_KEEPERS, whyNotAllStations } from './keep-off-day.ts'
import { offDaysFrom, type KeptOffDay, type OffDayKey } from './off-day.store.ts'
import { countTakenBy } from './taken-play.store.ts'
import { stationsProgrammedBy } from './waiting-for.ts'

/** A day off as the page of days off shows it. */
export interface OffDayShown extends KeptOffDay {
  /** Whose it is; null where it holds for every station. */
  readonly body: string | null
  /** Plays that it took away and that have not been laid anew. */
  readonly taken: number
}

/** Days off that hold for any station that this person may look after, page by page. */
export async function offDaysShown(ctx: Ctx, after: OffDayKey | null, limit: number): Promise<OffDayShown[]> {
  const days = await offDaysFrom(ctx.db, dayAt(ctx.clock.now()), await bodiesConcerning(ctx), after, limit)
  const owners = days.flatMap(({ organisationId }) => organisationId ?? [])
  const names = new Map((await organisationsWhere(ctx.db, [...new Set(owners)])).map(({ id, name }) => [id, name]))
  const taken = await countTakenBy(
    ctx.db,
    days.map(({ id }) => id),
  )
  return days.map((day) => ({
    ...day,
    body: day.organisationId && (names.get(day.organisationId) ?? ''),
    taken: taken.get(day.id) ?? 0,
  }))
}

/** Bodies of this person, those below them and those above; null where they answer for the province, so that all are. */
async function bodiesConcerning(ctx: Ctx): Promise<Id<'organisation'>[] | null> {
  const { db, hierarchy, actor } = ctx
  if (actor.kind !== 'person') return []
  if (!(await whyNotAllStations(ctx))) return null
  const own = [...new Set(actor.grants.map(({ organisationId }) => organisationId))]
  const found = await idsBelow(db, own)
  for (const id of own) for (const above of await hierarchy.above(db, id)) found.add(above)
  return [...found]
}

/** The bodies for whose stations this person may set a day off: their own, and those of the stations that they answer for. */
export async function bodiesToKeepOff(ctx: Ctx): Promise<Pick<Organisation, 'id' | 'name'>[]> {
  if (ctx.actor.kind !== 'person') return []
  const grants = ctx.actor.grants.filter(({ role }) => OFF_DAY_KEEPERS.includes(role))
  const isProvince = (await whyNotAllStations(ctx)) === null
  const stations = isProvince
    ? await stationsOn(ctx.db, dayAt(ctx.clock.now()))
    : await stationsProgrammedBy(ctx, OFF_DAY_KEEPERS)
  const ids = [...grants, ...stations].map(({ organisationId }) => organisationId)
  return organisationsWhere(ctx.db, [...new Set(ids)])
}
