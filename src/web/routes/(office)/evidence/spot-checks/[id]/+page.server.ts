import { activityToShow, checksOf, decideSpotCheck, drawById, readCatalogue, redraw } from '#core/evidence/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths, withQuery } from '#web/paths.ts'
import { rowsOf } from '../../evidence-rows.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PER_PAGE = 25

export const load: PageServerLoad = async ({ locals: { ctx, w, language }, params, url }) => {
  const id = givenId<'spot_draw'>(params.id)
  const draw = id && (await drawById(ctx.db, id))
  if (!draw) throw new Refusal('evidence.draw_not_found')
  const after = Number(url.searchParams.get('after')) || 0
  const found = await checksOf(ctx.db, draw.id, after, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const activities = []
  for (const { activityId } of shown) activities.push(await activityToShow(ctx, activityId))
  const rows = await rowsOf(ctx.db, language, await readCatalogue(ctx.db), activities)
  const refusal = await decideSpotCheck.whyNot(ctx, {
    drawId: draw.id,
    activityId: shown[0]?.activityId ?? '',
    held: true,
    note: '',
  } as Parameters<typeof decideSpotCheck.whyNot>[1]) // who may depends on the draw alone
  return {
    draw,
    checks: shown.flatMap((check, at) => {
      const activity = rows[at]
      return activity ? [{ ...check, activity }] : []
    }),
    again: url.searchParams.has('again') ? await redraw(ctx, draw) : null,
    whyNot: refusal && sentenceOf(w, refusal),
    first: after > 0 ? withQuery(url, { after: null }) : null,
    next: found.length > PER_PAGE ? withQuery(url, { after: String(shown.at(-1)?.ordinal ?? 0) }) : null,
  }
}

export const actions: Actions = {
  decide: act(decideSpotCheck, {
    input: (data, { params }) => ({
      drawId: params.id ?? '',
      activityId: fieldOf(data, 'activityId'),
      held: fieldOf(data, 'held') === 'yes',
      note: fieldOf(data, 'note'),
    }),
    then: (_result, { params }) => `${paths.spotDraw(params.id ?? '')}?done=evidence_checked`,
  }),
}
