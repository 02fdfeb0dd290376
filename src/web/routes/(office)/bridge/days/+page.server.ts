import { proposedDaysAfter } from '#core/bridge/index.ts'
import { isDay } from '#core/kernel/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

/** Days from above that nobody has decided on. */
export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const after = afterOf(url.searchParams.get('after'))
  const station = url.searchParams.get('station')
  const found = await proposedDaysAfter(ctx.db, after, PER_PAGE + 1, station)
  const days = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? days.at(-1) : undefined
  return {
    days: days.map(({ id, day, station, source, content, cameAt }) => ({
      ...{ id: id as string, day, station, source, cameAt, slots: content.slots.length },
      plays: content.slots.reduce((sum, { plays }) => sum + plays.length, 0),
      copies: content.copies.length,
    })),
    all: station === null ? null : withQuery(url, { station: null, after: null }),
    first: after ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: `${last.day}_${last.id}` }) : null,
  }
}

/** `2026-11-26_<id>` */
function afterOf(text: string | null) {
  const [day = '', given] = text?.split('_') ?? []
  const id = givenId<'bridge_day'>(given)
  return id && isDay(day) ? { day, id } : null
}
