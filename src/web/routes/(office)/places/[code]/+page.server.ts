import { dayAt, isDay, Refusal } from '#core/kernel/index.ts'
import { organisationsAsOf } from '#core/organisation/index.ts'
import { MESSAGE_LANGUAGES } from '#core/message/index.ts'
import {
  languagesSpokenIn,
  placeByCode,
  placeById,
  placesAsOf,
  predecessorsOf,
  setPlaceLanguages,
  successorsOf,
} from '#core/place/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { languageWords } from '#web/lib/language-words.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const place = await placeByCode(ctx.db, params.code)
  if (!place) throw new Refusal('place.unknown', { code: params.code })
  const asked = url.searchParams.get('on') ?? ''
  const day = isDay(asked) ? asked : dayAt(ctx.clock.now())
  const bodies = await organisationsAsOf(ctx.db, day)
  const places = await placesAsOf(ctx.db, day)
  const spoken = languagesSpokenIn(place, new Map(places.map((one) => [one.id, one])))
  const nameOf = (tag: string) => languageWords(w, tag)
  const tags = [...new Set([...MESSAGE_LANGUAGES.map(({ tag }) => tag), ...place.languages])]
  const refusal = await setPlaceLanguages.whyNot(ctx, { placeId: place.id, languages: [] })
  return {
    place,
    day,
    spoken: spoken.map(nameOf),
    languages: tags.map((tag) => ({ tag, name: nameOf(tag), own: place.languages.includes(tag) })),
    whyNot: refusal && sentenceOf(w, refusal),
    parent: place.parentId ? await placeById(ctx.db, place.parentId) : null,
    successors: await successorsOf(ctx.db, place.id),
    predecessors: await predecessorsOf(ctx.db, place.id),
    inside: places.filter((one) => one.parentId === place.id),
    bodies: bodies.filter((body) => body.placeId === place.id).map(({ code, name }) => ({ code, name })),
  }
}

export const actions: Actions = {
  default: act(setPlaceLanguages, {
    input: async (data, { params, locals: { ctx } }) => {
      const code = params.code ?? ''
      const place = await placeByCode(ctx.db, code)
      if (!place) throw new Refusal('place.unknown', { code })
      const other = fieldOf(data, 'other').split(/[\s,;]+/u)
      const ticked = data.getAll('languages').filter((one) => typeof one === 'string')
      return { placeId: place.id, languages: [...ticked, ...other].filter((tag) => tag !== '') }
    },
    then: (_result, { params }) => `${paths.places}/${params.code ?? ''}?done=place_languages_set`,
  }),
}
