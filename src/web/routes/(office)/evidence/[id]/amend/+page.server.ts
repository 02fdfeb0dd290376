import { sentenceOf } from '#app/wording/words.ts'
import {
  activityToShow,
  amendActivity,
  fieldOfCount,
  inUse,
  readCatalogue,
  whyNotActivity,
  type Activity,
} from '#core/evidence/index.ts'
import { dayAt } from '#core/kernel/index.ts'
import { MESSAGE_LANGUAGES } from '#core/message/index.ts'
import { placeById, placesAsOf } from '#core/place/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { aboutOfForm } from '../../proof-form/proof-of-form.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const activity = await activityToShow(ctx, givenId<'activity'>(params.id))
  const today = dayAt(ctx.clock.now())
  const catalogue = await readCatalogue(ctx.db)
  const refusal =
    whyNotActivity(activity, 'amend') ??
    (await amendActivity.whyNot(ctx, { activityId: activity.id } as Parameters<typeof amendActivity.whyNot>[1])) // who may depends on the activity alone
  const place = (await placeById(ctx.db, activity.placeId))?.name ?? ''
  return {
    id: activity.id,
    revision: activity.revision,
    kinds: inUse(catalogue.kinds, today),
    indicators: inUse(catalogue.indicators, today),
    parts: inUse(catalogue.parts, today),
    places: (await placesAsOf(ctx.db, today)).map(({ code, name }) => ({ code, name })),
    languages: MESSAGE_LANGUAGES.map(({ tag, ownName }) => ({ value: tag, name: ownName })),
    values: { ...valuesOf(activity), place } as Record<string, string>, // place is one more of them
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

/** What stands in the fields of the form, by their names. */
function valuesOf(activity: Activity): Record<string, string> {
  const { kind, day, beganAt, spot, topic, note, audience, language, themeId, counts } = activity
  const said = { kind, day, spot, topic, note, audience, language, beganAt: beganAt ?? '', themeId: themeId ?? '' }
  const numbers = counts.map((count) => [fieldOfCount(count), String(count.value)] as const)
  const guessed = counts
    .filter(({ estimated }) => estimated)
    .map(({ indicator }) => [`estimated_${indicator}`, 'on'] as const)
  return { ...said, ...Object.fromEntries([...numbers, ...guessed]) }
}

export const actions: Actions = {
  default: act(amendActivity, {
    async input(data, { locals: { ctx }, params }) {
      const activity = await activityToShow(ctx, givenId<'activity'>(params.id))
      const { organisationId, id: activityId } = activity
      const about = await aboutOfForm(ctx, data, { organisationId, task: null })
      return { ...about, activityId, revision: Number(fieldOf(data, 'revision')) || null }
    },
    then: (_result, { params }) => `${paths.activity(params.id ?? '')}?done=evidence_amended`,
  }),
}
