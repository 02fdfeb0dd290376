import { messagesWhere } from '#core/message/index.ts'
import { campaigns } from '#core/plan/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import { approvalsOf } from './approvals.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 30

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const words = url.searchParams.get('q') ?? ''
  const campaignId = givenId<'campaign'>(url.searchParams.get('campaign'))
  const id = url.searchParams.get('id')
  const changed = new Date(url.searchParams.get('changed') ?? '')
  const before = givenId(id) && !Number.isNaN(changed.getTime()) ? { id: id ?? '', changedAt: changed } : null
  const found = await messagesWhere(ctx.db, { words, campaignId }, before, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const approvals = await approvalsOf(ctx, shown)
  const names = new Map((await campaigns(ctx.db)).map((campaign) => [campaign.id, campaign.name]))
  return {
    query: words,
    messages: shown.map((message) => ({
      id: message.id,
      title: message.workingTitle,
      kind: message.kind,
      changedAt: message.changedAt,
      campaign: message.campaignId ? (names.get(message.campaignId) ?? '') : '',
      approval: approvals.get(message.id) ?? ('draft' as const),
    })),
    first: before ? withQuery(url, { id: null, changed: null }) : null,
    next: last ? withQuery(url, { id: last.id, changed: last.changedAt.toISOString() }) : null,
  }
}
