import { dayAt, addDays, isDay, type Ctx } from '#core/kernel/index.ts'
import { idsBelow, organisationByCode } from '#core/organisation/index.ts'
import { CHANNELS } from '#core/plan/index.ts'
import { OPEN_STATES, type TaskFilter, type TaskState } from '#core/task/index.ts'
import { givenId } from '#web/lib/given-id.ts'

const STATES: readonly TaskState[] = ['set', 'accepted', 'returned', 'done', 'withdrawn']

/** Whose tasks: those to be done by one's own bodies and below, those that they have set, or both. */
export const SCOPES = ['own', 'set', 'both'] as const
type Scope = (typeof SCOPES)[number]

/** What was asked for, as the fields of the form show it again. */
export interface Asked {
  readonly state: string
  readonly scope: Scope
  readonly organisation: string
  readonly channel: string
  readonly from: string
  readonly to: string
  readonly words: string
}

/**
 * What the person asked to see: tasks of their own bodies and those below, still open, unless they say otherwise.
 * What makes no sense in the address is passed over.
 */
export async function filterOf(
  ctx: Ctx,
  url: URL,
  unasked: Pick<Asked, 'state' | 'scope'> = { state: 'open', scope: 'own' },
): Promise<{ filter: TaskFilter; asked: Asked; campaign: string | null }> {
  const text = (name: string) => url.searchParams.get(name)?.trim().slice(0, 200) ?? ''
  const day = (name: string) => (isDay(text(name)) ? text(name) : '')
  const asked: Asked = {
    state: text('state') || unasked.state,
    scope: SCOPES.find((scope) => scope === text('scope')) ?? unasked.scope,
    organisation: text('organisation'),
    channel: CHANNELS.find((channel) => channel === text('channel')) ?? '',
    from: day('from'),
    to: day('to'),
    words: text('words'),
  }
  const campaign = givenId<'campaign'>(url.searchParams.get('campaign'))
  const filter: TaskFilter = {
    campaignId: campaign,
    ...(await bodiesOf(ctx, asked, campaign !== null, text('alone') !== '')),
    states: statesOf(asked.state),
    overdueOn: asked.state === 'overdue' ? dayAt(ctx.clock.now()) : null,
    channel: asked.channel || null,
    dueFrom: asked.from || null,
    dueBefore: asked.to ? addDays(asked.to, 1) : null,
    words: asked.words || null,
  }
  return { filter, asked, campaign }
}

function statesOf(asked: string): readonly TaskState[] | null {
  if (asked === 'all' || asked === 'overdue') return null
  const state = STATES.find((one) => one === asked)
  return state ? [state] : OPEN_STATES
}

/**
 * One body, with those below it unless it alone was asked for; or all the person has a role in and those below.
 * A campaign is open to all who work in it.
 */
async function bodiesOf(ctx: Ctx, asked: Asked, inCampaign: boolean, alone: boolean): Promise<TaskFilter> {
  const body = asked.organisation ? await organisationByCode(ctx.db, asked.organisation) : null
  if (body) return { organisations: alone ? [body.id] : [...(await idsBelow(ctx.db, [body.id]))] }
  if (inCampaign || ctx.actor.kind !== 'person') return {}
  const own = [...(await idsBelow(ctx.db, [...new Set(ctx.actor.grants.map((grant) => grant.organisationId))]))]
  return asked.scope === 'own' ? { organisations: own } : asked.scope === 'set' ? { setBy: own } : { concerning: own }
}
