import { error } from '@sveltejs/kit'
import type { Ctx } from '#core/kernel/index.ts'
import { readCatalogue } from '#core/evidence/index.ts'
import { figures, NO_SUM, publicFigures, questionOf, type PublicFigures } from '#core/figure/index.ts'
import { dayAt } from '#core/kernel/index.ts'
import { placeById } from '#core/place/index.ts'
import { figureWords } from '#web/lib/figure-words.ts'
import type { PageServerLoad } from './$types.ts'

/** However many read it, it is summed once in this time. */
const KEPT_MS = 60_000

interface Told {
  readonly of: string
  readonly at: Date
  readonly place: string | null
  readonly sums: ReadonlyMap<string, { readonly counted: bigint; readonly estimated: bigint }>
}
let kept: Told | null = null

export const load: PageServerLoad = async ({ locals: { ctx, w }, setHeaders }) => {
  const chosen = await publicFigures(ctx.db)
  if (!chosen?.shown) return error(404)
  setHeaders({ 'cache-control': 'no-store' })
  const { at, sums, place } = await told(ctx, chosen)
  const { indicators } = await readCatalogue(ctx.db)
  return {
    at,
    place,
    from: chosen.dayFrom,
    to: chosen.dayTo ?? dayAt(at),
    figures: indicators
      .filter(({ code }) => chosen.indicators.includes(code))
      .map(({ code, name, unit, definition, counting }) => {
        const { counted, estimated } = sums.get(code) ?? NO_SUM
        return {
          name,
          unit,
          definition: [definition, counting].filter(Boolean).join(' '),
          counted: figureWords(counted, w.language),
          estimated: estimated === 0n ? '' : figureWords(estimated, w.language),
        }
      }),
  }
}

async function told(ctx: Ctx, chosen: PublicFigures): Promise<Told> {
  const at = ctx.clock.now()
  const of = JSON.stringify(chosen)
  if (kept?.of === of && at.getTime() - kept.at.getTime() < KEPT_MS) return kept
  const { indicators, dayFrom: from, dayTo, placeId } = chosen
  const today = dayAt(at)
  const asked = {
    indicators: [...indicators],
    from,
    to: dayTo ?? today,
    place: placeId,
    mapDay: today,
    by: 'grade' as const,
  }
  const { total } = await figures(ctx.db, questionOf(asked))
  const place = placeId ? ((await placeById(ctx.db, placeId))?.name ?? null) : null
  kept = { of, at, place, sums: total }
  return kept
}
