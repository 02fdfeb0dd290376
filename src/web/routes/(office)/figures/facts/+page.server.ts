import { MACHINE_ACCEPTANCE, factsCounted, figures, NO_SUM, type FactKey, type FactLine } from '#core/figure/index.ts'
import { ACCEPTANCES, readCatalogue } from '#core/evidence/index.ts'
import { isDay, type Ctx, type Id } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { placeById } from '#core/place/index.ts'
import type { Words } from '#app/wording/words.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths, withQuery } from '#web/paths.ts'
import { figureWords } from '#web/lib/figure-words.ts'
import { questionAddress } from '../question-address.ts'
import { questionOfUrl } from '../question-of-url.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const question = await questionOfUrl(ctx, url)
  const { indicators } = await readCatalogue(ctx.db)
  const after = keyOf(url)
  const found = await factsCounted(ctx.db, question, after, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const { total } = await figures(ctx.db, { ...question, by: 'grade' })
  return {
    question,
    totals: indicators
      .filter(({ code }) => total.has(code))
      .map(({ code, name, unit }) => {
        const { counted, estimated } = total.get(code) ?? NO_SUM
        return {
          name,
          unit,
          counted: figureWords(counted, w.language),
          estimated: estimated && figureWords(estimated, w.language),
        }
      }),
    lines: await linesShown(ctx, w, shown, new Map(indicators.map((one) => [one.code, one]))),
    back: questionAddress(paths.figures, question),
    first: after ? withQuery(url, keyQuery(null)) : null,
    next: last ? withQuery(url, keyQuery(last)) : null,
  }
}

function keyOf({ searchParams }: URL): FactKey | null {
  const text = (name: string) => searchParams.get(`after_${name}`) ?? ''
  const sourceId = givenId(text('id'))
  const grade = (['machine', 'documented', 'declared'] as const).find((one) => one === text('grade'))
  if (!sourceId || !grade || !isDay(text('day'))) return null
  return { day: text('day'), sourceId, indicator: text('indicator'), language: text('language'), grade }
}

function keyQuery(key: FactKey | null): Record<string, string | null> {
  return {
    after_day: key?.day ?? null,
    after_id: key?.sourceId ?? null,
    after_indicator: key?.indicator ?? null,
    after_language: key?.language ?? null,
    after_grade: key?.grade ?? null,
  }
}

async function linesShown(
  ctx: Ctx,
  w: Words,
  lines: readonly FactLine[],
  indicators: ReadonlyMap<string, { readonly name: string; readonly unit: string }>,
) {
  const bodies = [...new Set(lines.map(({ organisationId }) => organisationId as Id<'organisation'>))]
  const names = new Map<string, string>((await organisationsWhere(ctx.db, bodies)).map(({ id, name }) => [id, name]))
  const places = new Map<string, string>()
  for (const id of new Set(lines.map(({ placeId }) => placeId))) {
    places.set(id, (await placeById(ctx.db, id as Id<'place'>))?.name ?? '')
  }
  return lines.map((line) => ({
    key: [line.sourceId, line.indicator, line.language, line.grade, line.day].join(' '),
    href: addressOf(line),
    what: w(`figure_source_${line.source}`),
    channel: w.has(`channel_${line.channel}`) ? w(`channel_${line.channel}`) : line.channel,
    day: line.day,
    place: places.get(line.placeId) ?? '',
    organisation: names.get(line.organisationId) ?? '',
    value: `${line.estimated ? '≈ ' : ''}${figureWords(line.value, w.language)}`,
    unit: indicators.get(line.indicator)?.unit ?? '',
    grade: line.grade,
    accepted:
      line.acceptance === MACHINE_ACCEPTANCE ? '' : w(`figure_accepted_${ACCEPTANCES[line.acceptance] ?? 'none'}`),
  }))
}

/** Where one thing can be looked at with its photograph, its paper or its receipts; of a list the whole release, since its rows are one a reader. */
function addressOf({ source, sourceId, releaseId }: FactLine): string | null {
  if (source === 'activity') return paths.activity(sourceId)
  if (source === 'article') return paths.article(sourceId)
  if (releaseId === null) return null
  return source === 'delivery' ? paths.delivery(releaseId, sourceId) : paths.release(releaseId)
}
