import type { Ctx } from '#core/kernel/index.ts'
import { idsBelow } from '#core/organisation/index.ts'
import { ownOrganisations, type TaskFilter, type TaskState } from '#core/task/index.ts'

const STATES: readonly TaskState[] = ['set', 'accepted', 'returned', 'done', 'withdrawn']
const OPEN: readonly TaskState[] = ['set', 'accepted', 'returned']

/** What the person asked to see: tasks of their own bodies and those below, still open, unless they say otherwise. */
export async function filterOf(ctx: Ctx, url: URL): Promise<TaskFilter & { readonly asked: string }> {
  const asked = url.searchParams.get('state') ?? 'open'
  const campaignId = url.searchParams.get('campaign')
  return {
    asked,
    campaignId,
    words: url.searchParams.get('words')?.slice(0, 200) || null,
    states: asked === 'all' ? null : asked === 'open' ? OPEN : STATES.filter((state) => state === asked),
    // A campaign is open to all who work in it: its list is not narrowed to one's own bodies.
    organisations: campaignId ? null : [...(await idsBelow(ctx.db, ownOrganisations(ctx)))],
  }
}
