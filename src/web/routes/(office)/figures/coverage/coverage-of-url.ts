import type { Words } from '#app/wording/words.ts'
import { COVERED_BY, daysOf, periodOn, type CoverageQuestion } from '#core/figure/index.ts'
import { dayAt, isDay, type Ctx } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { placeByCode } from '#core/place/index.ts'
import { campaigns, linesOf, themesOf } from '#core/plan/index.ts'
import { givenId } from '#web/lib/given-id.ts'

/** Where nothing is asked: this quarter by the calendar. */
const CALENDAR = 1

/** What the address asks of the coverage, with what its campaign wants everybody to hear and how that is called. */
export async function coverageOfUrl(ctx: Ctx, w: Words, { searchParams }: URL) {
  const text = (name: string) => searchParams.get(name)?.trim().slice(0, 200) ?? ''
  const today = dayAt(ctx.clock.now())
  const quarter = daysOf(periodOn(today, 'quarter', CALENDAR), CALENDAR)
  const known = await campaigns(ctx.db)
  const campaign = known.find(({ id }) => id === givenId(text('campaign'))) ?? null
  const by = COVERED_BY.find((one) => one === text('by')) ?? 'language'
  const themes = campaign ? await themesOf(ctx.db, campaign.id) : []
  const lines = campaign ? await linesOf(ctx.db, campaign.id) : []
  const wantedOf = {
    language: [],
    theme: themes.map(({ id }) => id),
    audience: lines.flatMap(({ kind, value }) => (kind === 'audience' ? String(value['text']) : [])),
    channel: lines.flatMap(({ kind, value }) => (kind === 'channel' ? String(value['channel']) : [])),
  }
  const place = text('place') === 'all' ? null : ((await placeByCode(ctx.db, text('place')))?.id ?? (await homeOf(ctx)))
  const question: CoverageQuestion = {
    from: isDay(text('from')) ? text('from') : quarter.from,
    to: isDay(text('to')) ? text('to') : quarter.to,
    campaign: campaign?.id ?? null,
    by,
    mapDay: today,
    place,
    wanted: [...new Set(wantedOf[by])],
  }
  const themeNames = new Map(
    (await Promise.all(known.map(({ id }) => themesOf(ctx.db, id)))).flat().map(({ id, text: name }) => [id, name]),
  )
  const nameOf = (key: string) => {
    if (key === '') return w(`figure_no_${by}`)
    if (by === 'theme') return themeNames.get(key) ?? w('figure_theme_gone')
    return w.has(`${by}_${key}`) ? w(`${by}_${key}`) : key
  }
  return { question, known, nameOf }
}

async function homeOf(ctx: Ctx): Promise<string | null> {
  if (ctx.actor.kind !== 'person') return null
  const [grant] = ctx.actor.grants
  return grant ? ((await organisationsWhere(ctx.db, [grant.organisationId]))[0]?.placeId ?? null) : null
}
