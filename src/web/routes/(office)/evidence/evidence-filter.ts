import { ACTIVITY_STATES, GRADES, readCatalogue, type ActivityFilter, type Catalogue } from '#core/evidence/index.ts'
import { isDay, type Ctx } from '#core/kernel/index.ts'
import { idsBelow, organisationByCode } from '#core/organisation/index.ts'
import { givenId } from '#web/lib/given-id.ts'

/** What was asked for, as the fields of the form show it again. */
export interface Asked {
  readonly state: string
  readonly kind: string
  readonly grade: string
  readonly organisation: string
  readonly from: string
  readonly to: string
  readonly words: string
  readonly doubtful: boolean
}

/** What the person asked to see: what concerns their own bodies and those below, unless they name another. What makes no sense is passed over. */
export async function filterOf(
  ctx: Ctx,
  url: URL,
): Promise<{ filter: ActivityFilter; asked: Asked; catalogue: Catalogue }> {
  const text = (name: string) => url.searchParams.get(name)?.trim().slice(0, 200) ?? ''
  const day = (name: string) => (isDay(text(name)) ? text(name) : '')
  const catalogue = await readCatalogue(ctx.db)
  const asked: Asked = {
    state: ACTIVITY_STATES.find((one) => one === text('state')) ?? '',
    kind: catalogue.kinds.find(({ code }) => code === text('kind'))?.code ?? '',
    grade: GRADES.find((one) => one === text('grade')) ?? '',
    organisation: text('organisation'),
    from: day('from'),
    to: day('to'),
    words: text('words'),
    doubtful: url.searchParams.has('doubtful'),
  }
  const state = ACTIVITY_STATES.find((one) => one === asked.state)
  const filter: ActivityFilter = {
    ...(await bodiesOf(ctx, asked.organisation)),
    campaignId: givenId<'campaign'>(text('campaign')),
    states: state ? [state] : null,
    kind: asked.kind || null,
    grade: GRADES.find((one) => one === asked.grade) ?? null,
    doubtful: asked.doubtful,
    dayFrom: asked.from || null,
    dayTo: asked.to || null,
    words: asked.words || null,
  }
  return { filter, asked, catalogue }
}

async function bodiesOf(ctx: Ctx, code: string): Promise<ActivityFilter> {
  const body = code ? await organisationByCode(ctx.db, code) : null
  if (body) return { organisations: [...(await idsBelow(ctx.db, [body.id]))] }
  if (ctx.actor.kind !== 'person') return {}
  const own = [...new Set(ctx.actor.grants.map((grant) => grant.organisationId))]
  return { concerning: [...(await idsBelow(ctx.db, own))] }
}
