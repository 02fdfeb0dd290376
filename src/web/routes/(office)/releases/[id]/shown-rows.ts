import type { Ctx, Id } from '#core/kernel/index.ts'
import { deliveriesOf, DELIVERY_STATES } from '#core/release/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import { STANDINGS, type Standing } from '../tones.ts'

const PER_PAGE = 25
/** Rows that are sorted by their outlets for a page; more go by their keys. */
const MOST_SORTED = 20_000

/** A page of the rows that a number stands for, or of all. */
export async function shownRows(ctx: Ctx, releaseId: Id<'release'>, planned: number, url: URL) {
  const asked = url.searchParams.get('state')
  const state = DELIVERY_STATES.find((one) => one === asked) ?? null
  const standing = (Object.keys(STANDINGS) as Standing[]).find((one) => one === asked) ?? null
  const channel = url.searchParams.get('channel')
  const id = givenId<'delivery'>(url.searchParams.get('id'))
  const after = id && { code: url.searchParams.get('after') ?? '', id }
  const by = planned > MOST_SORTED ? 'id' : 'outlet'
  const filter = { state: standing ? STANDINGS[standing] : state, channel, by } as const
  const found = await deliveriesOf(ctx.db, releaseId, filter, after, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  return {
    /** Wording key of what was asked for; null: all rows. */
    asked: standing ? `delivery_standing_${standing}` : state && `delivery_state_${state}`,
    channel,
    lines: shown,
    first: after ? withQuery(url, { after: null, id: null }) : null,
    next: last ? withQuery(url, { after: last.code, id: last.id }) : null,
  }
}
export type ShownRows = Awaited<ReturnType<typeof shownRows>>
