import { completenessOf } from '#core/evidence/index.ts'
import { addDays, dayAt, isDay } from '#core/kernel/index.ts'
import { idsBelow } from '#core/organisation/index.ts'
import { campaigns } from '#core/plan/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50
/** Unasked, the last month: what was owed in it is due by now. */
const DAYS_BACK = 30

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const text = (name: string) => url.searchParams.get(name) ?? ''
  const today = dayAt(ctx.clock.now())
  const [from, to] = [
    isDay(text('from')) ? text('from') : addDays(today, -DAYS_BACK),
    isDay(text('to')) ? text('to') : today,
  ]
  const campaignId = givenId<'campaign'>(text('campaign'))
  const held = ctx.actor.kind === 'person' ? ctx.actor.grants.map((grant) => grant.organisationId) : []
  const over = [...(await idsBelow(ctx.db, [...new Set(held)]))]
  const after = text('name') ? { name: text('name'), code: text('code') } : null
  const period = { dayFrom: from, dayTo: to, campaignId }
  const found = await completenessOf(ctx.db, over, period, { after, limit: PER_PAGE + 1 })
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  return {
    from,
    to,
    campaign: campaignId,
    campaigns: (await campaigns(ctx.db)).map(({ id, name }) => ({ value: id, name })),
    bodies: shown,
    first: after ? withQuery(url, { name: null, code: null }) : null,
    next: last ? withQuery(url, { name: last.organisation, code: last.code }) : null,
  }
}
