import { BREAKDOWNS, GRADES } from '#core/evidence/index.ts'
import {
  DIMENSIONS,
  daysOf,
  periodOn,
  questionOf,
  REACHES,
  type Asked,
  type Question,
  type Reach,
} from '#core/figure/index.ts'
import { dayAt, isDay, type Ctx, type Day } from '#core/kernel/index.ts'
import { organisationByCode, organisationsWhere } from '#core/organisation/index.ts'
import { placeById, placeByCode } from '#core/place/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { bodyNamed, placesNamed } from '#web/forms/named.ts'

/** The periodic regime, where nothing is asked: see `reporting_regime`. */
const REPORTING_DAY = 15

/** What an address asks: what makes no sense in it is passed over. Without a place or a body: where the person works. */
export async function questionOfUrl(ctx: Ctx, { searchParams }: URL): Promise<Question> {
  const text = (name: string) => searchParams.get(name)?.trim().slice(0, 200) ?? ''
  const told = (name: string) => (searchParams.has(name) && text(name) !== 'any' ? text(name) : null)
  const today = dayAt(ctx.clock.now())
  const { from, to, firstDay } = daysAsked(text, today)
  const by = DIMENSIONS.find((one) => one === text('by')) ?? 'place'
  const trees = await treesOf(ctx, text, by === 'place')
  const [breakdown, code = ''] = text('part').split(':')
  const part = BREAKDOWNS.find((one) => one === breakdown)
  const asked: Asked = {
    ...trees,
    indicators: searchParams.getAll('indicator').filter((one) => /^[a-z][a-z0-9_]*$/.test(one)),
    from,
    to,
    by,
    firstDay,
    campaign: givenId(text('campaign')),
    theme: told('theme') === '' ? '' : givenId(text('theme')),
    channel: told('channel'),
    audience: told('audience'),
    language: told('language'),
    grade: GRADES.find((one) => one === text('grade')) ?? null,
    acceptance: numberOf(text('acceptance')),
    acceptedFrom: numberOf(text('accepted')),
    part: part ? { breakdown: part, code } : null,
    mapDay: isDay(text('map')) ? text('map') : today,
    asOf: momentOf(text('as_of')),
  }
  return questionOf(asked)
}

/** A chosen period `15:2025-12-15_2026-06-14`, else the days typed, else the reporting year so far. */
function daysAsked(text: (name: string) => string, today: Day): { from: Day; to: Day; firstDay: number } {
  const [, cut = '', chosenFrom = '', chosenTo = ''] = /^(\d{1,2}):([\d-]{10})_([\d-]{10})$/.exec(text('period')) ?? []
  const firstDay = Math.min(28, Math.max(1, Number(cut || text('first_day')) || REPORTING_DAY))
  if (isDay(chosenFrom) && isDay(chosenTo)) return { from: chosenFrom, to: chosenTo, firstDay }
  const year = daysOf(periodOn(today, 'year', firstDay), firstDay)
  return {
    from: isDay(text('from')) ? text('from') : year.from,
    to: isDay(text('to')) ? text('to') : year.to,
    firstDay,
  }
}

async function treesOf(ctx: Ctx, text: (name: string) => string, byPlace: boolean) {
  const reach = (name: string): Reach => REACHES.find((one) => one === text(name)) ?? 'within'
  const place = await placeOf(ctx, text('place'))
  const organisation = await bodyOf(ctx, text('organisation'))
  const own = text('place') === '' && text('organisation') === '' ? await homeOf(ctx, byPlace) : null
  return {
    place: place ?? own,
    placeReach: reach('place_reach'),
    organisation,
    organisationReach: reach('organisation_reach'),
  }
}

/** Where the person works: the place of the body in which they hold a role. */
async function homeOf(ctx: Ctx, byPlace: boolean): Promise<string | null> {
  if (!byPlace || ctx.actor.kind !== 'person') return null
  const ids = ctx.actor.grants.map(({ organisationId }) => organisationId)
  const [body] = await organisationsWhere(ctx.db, ids.slice(0, 1))
  return body?.placeId ?? null
}

async function placeOf(ctx: Ctx, words: string): Promise<string | null> {
  if (words === '' || words === 'all') return null
  const id = givenId<'place'>(words)
  if (id) return (await placeById(ctx.db, id))?.id ?? null
  const found = await placeByCode(ctx.db, words)
  return found?.id ?? (await placesNamed(ctx, words, 'place'))[0] ?? null
}

async function bodyOf(ctx: Ctx, words: string): Promise<string | null> {
  if (words === '') return null
  const id = givenId<'organisation'>(words)
  if (id) return (await organisationsWhere(ctx.db, [id]))[0]?.id ?? null
  return ((await organisationByCode(ctx.db, words)) ?? (await bodyNamed(ctx, words, 'organisation'))).id
}

function numberOf(text: string): number | null {
  return /^[0-5]$/.test(text) ? Number(text) : null
}

function momentOf(text: string): Date | null {
  const moment = new Date(text)
  return text === '' || Number.isNaN(moment.getTime()) ? null : moment
}
